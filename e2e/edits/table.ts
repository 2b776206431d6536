import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { layoutTasks, type Layout } from '../../testing/layouts/layout.js';
import {
  measure,
  measureAfresh,
  measureChange,
  type Measurement,
  type Settings,
} from '../../testing/measuring/measure.js';
import { MeasuringServer } from '../../testing/measuring/measuring-server.js';
import { TruthTeller, type Truth } from '../../testing/truth/truth.js';
import { environment } from '../../testing/workspace/environment.js';
import type { NxVersion } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { isAfresh, isFromDisk, SEED } from './afresh.js';
import { but, type Edit } from './edit.js';
import { judge } from './judge.js';
import { testsWithoutTests } from './packages-without-tests.js';
import { Report } from './report.js';

const MINUTE = 60_000;

/**
 * Runs every edit on one workspace of the layout, each from the committed state, and compares what Nx hashes and
 * selects with what it does to the binaries. One process measures two thirds of the rows without settings of their own,
 * with what it keeps in memory of the earlier ones; a new process each measures the others, with what the earlier ones
 * left on disk. A third of the rows is measured on a machine without such data too. One more process measures all rows
 * where Nx 24 is told to select by projects, as Nx 23 always does. All have to give the same hashes.
 */
export function describeEdits(layout: Layout, edits: readonly Edit[], nxVersion: NxVersion): void {
  const title = `${layout.name} on Nx ${nxVersion.nx}`;
  const rows = edits.filter((edit) => process.arch === 'x64' || !edit.onlyAmd64);

  describe(title, () => {
    const afresh = new Set(rows.filter((_, row) => isAfresh(row)));
    // Plugins in workers do not see in a process that goes on which files came and went.
    const isServed = isNamedWithoutWorkers(layout, nxVersion);
    const inNewProcess = new Set(rows.filter(({ settings }, row) => settings !== undefined || isFromDisk(row)));
    const changeByProjects = (edit: Edit, settings: Settings) =>
      legacyServer && !edit.settings
        ? legacyServer.change()
        : measureChange(workspace, { ...settings, ...byProjects() });
    const report = new Report(`${title}, ${rows[0]?.name ?? ''} …`, SEED);
    let workspace: Workspace;
    let server: MeasuringServer | undefined;
    let legacyServer: MeasuringServer | undefined;
    let teller: TruthTeller;
    let before: Measurement;
    let truthBefore: Truth;

    beforeAll(async () => {
      workspace = await Workspace.create(layout, nxVersion);
      teller = new TruthTeller(workspace.root, layout);
      const serve = (name: string, settings: Settings) => {
        const output = join(temporaryFolder('measurements'), `${basename(workspace.root)}${name}.json`);
        return new MeasuringServer(workspace.root, workspace.environment(settings), output);
      };
      if (isServed) server = serve('', { NX_ISOLATE_PLUGINS: 'false' });
      if (isServed && nxVersion.selectsTasks) {
        legacyServer = serve('-legacy', byProjects(join(temporaryFolder('data'), basename(workspace.root))));
      }
      [before, truthBefore] = await Promise.all([measure(workspace), teller.before(environment())]);
    }, 10 * MINUTE);

    afterAll(() => {
      report.print();
      server?.end();
      legacyServer?.end();
      teller?.dispose();
      workspace?.dispose();
    });

    it('has the tasks of the layout, and all of them build', () => {
      const tasks = but(Object.keys(before.tasks), testsWithoutTests(workspace.root, before));
      expect(tasks.filter((task) => task !== 'web:build').sort()).toEqual(layoutTasks(layout));
      expect(Object.keys(truthBefore).filter((task) => truthBefore[task] === 'fails')).toEqual([]);
    });

    it.each(rows)(
      '$name',
      async (edit) => {
        const settings = typeof edit.settings === 'function' ? await edit.settings() : (edit.settings ?? {});
        const tasks = [...but(layoutTasks(layout), edit.removes ?? []), ...(edit.adds ?? [])].sort();
        try {
          edit.edit?.(workspace.root);
          const [after, truthAfter] = await both(
            server && !inNewProcess.has(edit) ? server.change() : measureChange(workspace, settings),
            teller.after(tasks, environment(settings)),
          );
          const legacy = nxVersion.selectsTasks ? await changeByProjects(edit, settings) : after;
          const verdict = judge(edit, tasks, {
            before,
            after,
            byProjects: legacy,
            afresh: afresh.has(edit) ? await measureAfresh(workspace, settings) : undefined,
            withoutTests: testsWithoutTests(workspace.root, after),
            truthBefore,
            truthAfter,
          });
          report.add(edit, verdict, afresh.has(edit));
          expect(verdict.faults).toEqual([]);
        } finally {
          await workspace.reset();
        }
      },
      5 * MINUTE,
    );

    it(
      'gives the first hashes again once every edit is taken back',
      async () => {
        expect(hashes(await measure(workspace))).toEqual(hashes(before));
      },
      MINUTE,
    );
  });
}

/** Whether Nx gives the projects of a layout the names that it gives them with a worker for each plugin. */
function isNamedWithoutWorkers({ files }: Layout, { selectsTasks }: NxVersion): boolean {
  const projectFiles = Object.entries(files).filter(([path]) => basename(path) === 'project.json');
  return selectsTasks || projectFiles.every(([, text]) => 'name' in (JSON.parse(text) as object));
}

/** @param data a folder for what Nx keeps, where it is not that of the others. */
function byProjects(data?: string): Settings {
  return { NX_LEGACY_AFFECTED: 'true', ...(data ? { NX_WORKSPACE_DATA_DIRECTORY: data } : {}) };
}

function hashes(measurement: Measurement): Record<string, string> {
  return Object.fromEntries(Object.entries(measurement.tasks).map(([task, { hash }]) => [task, hash]));
}

/** Waits for both even when one fails: nothing may still run in the workspace when it is reset. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

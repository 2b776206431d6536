import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { layoutTasks, type Layout } from '../../testing/layouts/layout.js';
import { measure, measureAfresh, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { TruthTeller, type Truth } from '../../testing/truth/truth.js';
import { environment } from '../../testing/workspace/environment.js';
import type { NxVersion } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { but, type Edit } from './edit.js';
import { judge } from './judge.js';
import { testsWithoutTests } from './packages-without-tests.js';
import { Report } from './report.js';

const MINUTE = 60_000;

/**
 * Runs every edit on one workspace of the layout, each from the committed state: what Nx makes of it against what it
 * does to the binaries. An edit on top of the data that the earlier ones left has to give what a fresh machine gives.
 */
export function describeEdits(layout: Layout, edits: readonly Edit[], nxVersion: NxVersion): void {
  const title = `${layout.name} on Nx ${nxVersion.nx}`;
  const rows = edits.filter((edit) => process.arch === 'x64' || !edit.onlyAmd64);

  describe(title, () => {
    const report = new Report(`${title}, ${rows[0]?.name ?? ''} …`);
    let workspace: Workspace;
    let teller: TruthTeller;
    let before: Measurement;
    let truthBefore: Truth;

    beforeAll(async () => {
      workspace = await Workspace.create(layout, nxVersion);
      teller = new TruthTeller(workspace.root, layout);
      [before, truthBefore] = await Promise.all([measure(workspace), teller.before(environment())]);
    }, 10 * MINUTE);

    afterAll(() => {
      report.print();
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
            measureChange(workspace, settings),
            teller.after(tasks, environment(settings)),
          );
          const afresh = await measureAfresh(workspace, settings);
          const verdict = judge(edit, tasks, {
            before,
            after,
            afresh,
            withoutTests: testsWithoutTests(workspace.root, after),
            truthBefore,
            truthAfter,
          });
          report.add(edit, verdict);
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

function hashes(measurement: Measurement): Record<string, string> {
  return Object.fromEntries(Object.entries(measurement.tasks).map(([task, { hash }]) => [task, hash]));
}

/** Waits for both even when one fails: nothing may still run in the workspace when it is reset. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

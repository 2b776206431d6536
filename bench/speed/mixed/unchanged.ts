import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { installation, installationOf, type Installation } from '../../../testing/workspace/installation.js';
import { mainsThatHold } from '../../../testing/generated/plan.js';
import { partResult, type Bar, type PartResult } from '../../report/result.js';
import type { Contestant } from '../../timing/interleave.js';
import { GOPHER, PLUGIN_ONLY, type Bench, type Part } from '../bench.js';
import { editLeaf } from '../edit.js';
import { SpeedWorkspace } from '../speed-workspace.js';

const BEFORE = 'nx-gopher before';
const NEIGHBOUR = 'nx-gopher beside a front end';
const BUILD = ['run-many', '-t', 'build', '-p', 'cmd/*'];
/** What is to be no slower than before may be so by what one machine differs from itself. */
const NO_SLOWER = 1.03;

/**
 * What is small, against an older plugin: the edit that three programs hold, and a run that finds all in the cache.
 * Once with Go alone, and once beside a front end, whose task is not run: then Go's tasks wait for one that does
 * nothing.
 */
export const unchanged: Part = {
  name: 'mixed-unchanged',
  measure: async (bench) => {
    const current = await installation(NX_24);
    const plugins: [name: string, installed: Installation, files?: object][] = [
      [GOPHER, current],
      [NEIGHBOUR, current, { 'web/project.json': JSON.stringify({ targets: { build: { command: 'true' } } }) }],
    ];
    if (bench.before) plugins.push([BEFORE, await installationOf(NX_24, bench.before)]);
    const workspaces: [string, SpeedWorkspace][] = [];
    for (const [name, installed, files] of plugins)
      workspaces.push([name, await builtWorkspace(bench, name, installed, { ...PLUGIN_ONLY, ...files })]);
    const bars: Bar[] = [
      ...(bench.before ? [{ subject: GOPHER, reference: BEFORE, atMost: NO_SLOWER }] : []),
      { subject: NEIGHBOUR, less: GOPHER },
    ];
    const measured = async (title: string, contestants: readonly Contestant[]): Promise<PartResult> =>
      partResult('mixed', title, await bench.time(title, contestants), bars);
    const { mains } = bench.size;
    return [
      await measured(`build after an edit that a few of ${mains} mains hold, against before`, workspaces.map(editing)),
      await measured(`${mains} builds, all cached and in place, against before`, workspaces.map(finding)),
    ];
  },
};

function editing([name, workspace]: readonly [string, SpeedWorkspace]): Contestant {
  const { plan } = workspace;
  const run = (): Promise<void> => workspace.nx(BUILD, ['ran', mainsThatHold(plan, plan.leaf).length]);
  return { name, prepare: async () => editLeaf(workspace), run };
}

function finding([name, workspace]: readonly [string, SpeedWorkspace]): Contestant {
  return {
    name,
    prepare: async () => undefined,
    run: () => workspace.nx(BUILD, ['cached', workspace.plan.mains.length]),
  };
}

async function builtWorkspace(
  bench: Bench,
  name: string,
  installed: Installation,
  files: Record<string, string>,
): Promise<SpeedWorkspace> {
  const create = (): Promise<SpeedWorkspace> =>
    SpeedWorkspace.create(name.replaceAll(' ', '-'), bench.size, files, installed);
  const workspace = await bench.workspace(`unchanged ${name}`, create);
  await workspace.startGoCacheFrom(await bench.standard());
  await workspace.nx(BUILD, ['ran', bench.size.mains]);
  return workspace;
}

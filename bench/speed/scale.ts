import { statSync } from 'node:fs';

import { SHAPES } from '../../testing/generated/write-workspace.js';
import { partResult, type Amount, type PartResult } from '../report/result.js';
import { GOPHER, Bench, type Part } from './bench.js';
import { graphFile, workspaceWithGivenProjects, workspaceWithNamedProjects } from './given.js';
import { hashing } from './hash.js';
import type { SpeedWorkspace } from './speed-workspace.js';

const SHOW = ['show', 'projects', '--json'];
const GIVEN = 'Nx, the same projects';
const NAMED = 'Nx, the same projects without inputs';
const GRAPH = 'the graph alone';
const MB = 1_000_000;

/**
 * Ten thousand packages of every shape, a part for each: the size of the graph, the time and the memory that it takes,
 * and hashing builds.
 */
export const SCALE = 'scale';
export const scale: readonly Part[] = Object.entries(SHAPES).map(([shape, size]) => ({
  name: `${SCALE}-${shape}`,
  async measure(bench) {
    const large = new Bench(size, bench.rounds, bench.progress);
    try {
      return [await measureShape(large, shape)];
    } finally {
      await large.dispose();
    }
  },
}));

async function measureShape(bench: Bench, shape: string): Promise<PartResult> {
  const gopher = await bench.gopher();
  await gopher.startGoCacheFrom(await bench.standard());
  await gopher.nxCommand(SHOW);
  const given = await workspaceWithGivenProjects(bench, gopher);
  const named = await workspaceWithNamedProjects(bench, gopher);
  const showing = { [GOPHER]: gopher, [GIVEN]: given, [NAMED]: named };
  const { mains, packages } = bench.size;
  const title = `${shape}, ${mains + packages} packages`;
  const builds = `hashes of ${mains} builds`;
  const seconds = await bench.time(
    title,
    [
      ...Object.entries(showing).map(([name, workspace]) => ({
        name,
        prepare: async () => {},
        run: async () => void (await workspace.nxCommand(SHOW)),
      })),
      hashing(gopher, GRAPH, [], 0),
      hashing(gopher, builds, ['build'], mains),
    ],
    { slow: true },
  );
  const amounts: Amount[] = [
    { name: 'project graph', value: statSync(graphFile(gopher)).size / MB, unit: 'MB', atMost: 60 },
    ...(process.platform === 'linux' ? await memory(gopher, given) : []),
  ];
  const bars = [
    { subject: GOPHER, reference: GIVEN, atMost: 1.5 },
    { subject: GOPHER, reference: NAMED },
    { subject: builds, less: GRAPH },
  ];
  return { ...partResult(`${SCALE}-${shape}`, title, seconds, bars), amounts };
}

async function memory(gopher: SpeedWorkspace, given: SpeedWorkspace): Promise<Amount[]> {
  const { all, named } = await gopher.peakMemory(SHOW);
  return [
    { name: 'memory of all processes', value: all / MB, unit: 'MB', atMost: 1000 },
    { name: `the same, ${GIVEN}`, value: (await given.peakMemory(SHOW)).all / MB, unit: 'MB' },
    { name: 'memory of the plugin', value: named / MB, unit: 'MB', atMost: 1000 },
  ];
}

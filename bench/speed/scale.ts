import { statSync } from 'node:fs';

import { SHAPES } from '../../testing/generated/write-workspace.js';
import { partResult, type Amount, type PartResult } from '../report/result.js';
import { GOPHER, Bench, type Part } from './bench.js';
import { graphFile, workspaceWithNamedProjects } from './given.js';
import { hashing } from './hash.js';
import type { SpeedWorkspace } from './speed-workspace.js';

const SHOW = ['show', 'projects', '--json'];
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
  const named = await workspaceWithNamedProjects(bench, gopher);
  const { mains, packages } = bench.size;
  const title = `${shape}, ${mains + packages} packages`;
  const builds = `hashes of ${mains} builds`;
  const seconds = await bench.time(
    title,
    [
      ...[gopher, named].map((workspace) => ({
        name: workspace === gopher ? GOPHER : NAMED,
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
    ...(process.platform === 'linux' ? await memory(gopher) : []),
  ];
  const bars = [
    { subject: GOPHER, reference: NAMED, atMost: 1.5 },
    { subject: builds, less: GRAPH },
  ];
  return { ...partResult(`${SCALE}-${shape}`, title, seconds, bars), amounts };
}

async function memory(gopher: SpeedWorkspace): Promise<Amount[]> {
  const { all, named } = await gopher.peakMemory(SHOW);
  return [
    { name: 'memory of all processes', value: all / MB, unit: 'MB', atMost: 1000 },
    { name: 'memory of the plugin', value: named / MB, unit: 'MB', atMost: 1000 },
  ];
}

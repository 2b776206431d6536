import { statSync } from 'node:fs';

import { SHAPES } from '../../testing/generated/write-workspace.js';
import { partResult, type Amount, type PartResult } from '../report/result.js';
import { GOPHER, Bench, type Part } from './bench.js';
import { graphFile, workspaceWithGivenProjects } from './given.js';
import { hashing } from './hash.js';

const SHOW = ['show', 'projects', '--json'];
const GIVEN = 'Nx, the same projects given';
const GRAPH = 'the graph alone';
const MB = 1_000_000;

/**
 * Ten thousand packages of every shape: the size of the graph, the time and the memory that it takes, and hashing
 * builds.
 */
export const scale: Part = {
  name: 'scale',
  async measure(bench) {
    const results: PartResult[] = [];
    for (const [shape, size] of Object.entries(SHAPES)) {
      const large = new Bench(size, bench.rounds, bench.progress);
      try {
        results.push(await measureShape(large, shape));
      } finally {
        await large.dispose();
      }
    }
    return results;
  },
};

async function measureShape(bench: Bench, shape: string): Promise<PartResult> {
  const gopher = await bench.gopher();
  await gopher.startGoCacheFrom(await bench.standard());
  await gopher.nxCommand(SHOW);
  const withGivenProjects = await workspaceWithGivenProjects(bench, gopher);
  const { mains, packages } = bench.size;
  const title = `${shape}, ${mains + packages} packages`;
  const builds = `hashes of ${mains} builds`;
  const seconds = await bench.time(
    title,
    [
      ...[gopher, withGivenProjects].map((workspace) => ({
        name: workspace === gopher ? GOPHER : GIVEN,
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
    ...(process.platform === 'linux'
      ? [{ name: 'memory of all processes', value: (await gopher.peakMemory(SHOW)) / MB, unit: 'MB', atMost: 1000 }]
      : []),
  ];
  const bars = [
    { subject: GOPHER, reference: GIVEN, atMost: 1.5 },
    { subject: builds, less: GRAPH },
  ];
  return { ...partResult('scale', title, seconds, bars), amounts };
}

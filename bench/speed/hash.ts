import { fileURLToPath } from 'node:url';

import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { GOPHER, type Part } from './bench.js';
import type { SpeedWorkspace } from './speed-workspace.js';

const SCRIPT = fileURLToPath(new URL('hash-tasks.cjs', import.meta.url));
const SHOW = ['show', 'projects', '--json'];
const GRAPH = 'the graph alone';

/** What Nx does with the inputs that the plugin writes: hashing tasks, and selecting those that a change concerns. */
export const hash: Part = {
  name: 'hash',
  async measure(bench) {
    const gopher = await bench.gopher();
    await gopher.startGoCacheFrom(await bench.standard());
    const { mains, packages } = bench.size;
    const [builds, tests] = [`hashes of ${mains} builds`, `hashes of ${mains + packages} tests`];
    const { dir, name } = gopher.plan.leaf;
    const selecting = ['--affected', `--files=${dir}/${name}.go`];
    const title = `hashing and selection, ${mains + packages} packages`;
    const seconds = await bench.time(title, [
      hashing(gopher, GRAPH, [], 0),
      hashing(gopher, builds, ['build'], mains),
      hashing(gopher, tests, ['test'], mains + packages),
      showing(gopher, GOPHER, []),
      ...['build', 'test'].map((target) => showing(gopher, `affected ${target}`, [...selecting, '-t', target])),
    ]);
    return [
      partResult('hash', title, seconds, [
        { subject: builds, less: GRAPH },
        { subject: tests, less: GRAPH },
        { subject: 'affected build', less: GOPHER },
        { subject: 'affected test', less: GOPHER },
      ]),
    ];
  },
};

/** Hashes all tasks of the targets. */
export function hashing(
  workspace: SpeedWorkspace,
  name: string,
  targets: readonly string[],
  count: number,
): Contestant {
  return {
    name,
    prepare: async () => {},
    run: async () => {
      const { stdout } = await workspace.node(SCRIPT, ...targets);
      if (!stdout.split('\n').includes(`${count} tasks hashed`)) throw new Error(`${name}: ${stdout}`);
    },
  };
}

function showing(workspace: SpeedWorkspace, name: string, args: readonly string[]): Contestant {
  return { name, prepare: async () => {}, run: async () => void (await workspace.nxCommand([...SHOW, ...args])) };
}

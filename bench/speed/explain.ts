import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { editLeaf } from './edit.js';
import { mainsThatHold } from '../../testing/generated/plan.js';
import { GOPHER, type Part } from './bench.js';

const SHOW = 'nx show projects';
const UNCHANGED = 'explain, nothing changed';
const EDITED = 'explain, a library edited';

/** What explain takes to answer, over what Nx takes to compute the graph that it needs. */
export const explain: Part = {
  name: 'explain',
  async measure(bench) {
    const gopher = await bench.gopher();
    await gopher.startGoCacheFrom(await bench.standard());
    const [held] = mainsThatHold(gopher.plan, gopher.plan.leaf);
    if (!held) throw new Error('no main holds the leaf');
    const task = `${held.dir}:build`;
    const build = (): Promise<void> => gopher.nx(['run-many', '-t', 'build', '-p', held.dir], ['ran', 1]);
    await build();
    const asking = (name: string, verdict: string, prepare: () => Promise<void>): Contestant => ({
      name,
      prepare,
      run: async () => {
        const { stdout } = await gopher.node('node_modules/nx-gopher/dist/cli/main.js', 'explain', task, '--json');
        if (!stdout.includes(`"${verdict}"`)) throw new Error(`${name}: ${stdout}`);
      },
    });
    const title = `explain ${GOPHER}, ${bench.size.mains + bench.size.packages} packages`;
    const seconds = await bench.time(title, [
      { name: SHOW, prepare: async () => {}, run: async () => void (await gopher.nxCommand(['show', 'projects'])) },
      asking(UNCHANGED, 'cached', async () => {}),
      asking(EDITED, 'changed', async () => editLeaf(gopher)),
      // The edit is built, so that in the next round nothing has changed.
      { name: 'build', prepare: async () => {}, run: build },
    ]);
    return [
      partResult('explain', title, seconds, [
        { subject: UNCHANGED, less: SHOW, atMost: 0.5 },
        { subject: EDITED, less: SHOW },
      ]),
    ];
  },
};

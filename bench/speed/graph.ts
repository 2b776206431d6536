import { RecordingGo } from '../../testing/workspace/recording-go.js';
import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { GOPHER, goCommand, type Bench, type Part } from './bench.js';
import { editLeaf } from './edit.js';
import { workspaceWithGivenProjects } from './given.js';
import type { SpeedWorkspace } from './speed-workspace.js';

const SHOW = ['show', 'projects', '--json'];
const EDITED = `${GOPHER}, a body edited`;
const COLD = `${GOPHER}, cold`;
const GIVEN = 'Nx, the same projects given';
const GIVEN_COLD = `${GIVEN}, cold`;
const LIST = 'go list';

/** The computing of the project graph, without a daemon: what the plugin adds to what Nx does with its projects. */
export const graph: Part = {
  name: 'graph',
  async measure(bench) {
    const gopher = await bench.gopher();
    await gopher.startGoCacheFrom(await bench.standard());
    await gopher.nxCommand(SHOW);
    const withGivenProjects = await workspaceWithGivenProjects(bench, gopher);
    await computesWithoutGo(gopher);
    const title = `nx show projects, ${bench.size.mains + bench.size.packages} packages`;
    const seconds = await bench.time(title, [
      showing(bench, GOPHER, gopher),
      showing(bench, GIVEN, withGivenProjects),
      showing(bench, EDITED, gopher, () => editLeaf(gopher)),
      showing(bench, COLD, gopher, () => gopher.forget()),
      showing(bench, GIVEN_COLD, withGivenProjects, () => withGivenProjects.forget()),
      await goCommand(bench, ['list', '-deps', './...'], await bench.standard()),
    ]);
    return [
      partResult('graph', title, seconds, [
        { subject: GOPHER, less: GIVEN, atMost: 0.15 },
        { subject: EDITED, less: GIVEN, atMost: 0.2 },
        { subject: COLD, reference: LIST, less: GIVEN_COLD, atMost: 1.3 },
      ]),
    ];
  },
};

function showing(bench: Bench, name: string, workspace: SpeedWorkspace, prepare = (): void => {}): Contestant {
  return {
    name,
    prepare: async () => prepare(),
    run: async () => {
      const count = (JSON.parse((await workspace.nxCommand(SHOW)).stdout) as string[]).length;
      // And the module's own.
      const expected = bench.size.mains + bench.size.packages + 1;
      if (count !== expected) throw new Error(`${name}: ${count} projects, not ${expected}`);
    },
  };
}

/** @throws Error when an edit of a body makes the plugin run go. */
async function computesWithoutGo(workspace: SpeedWorkspace): Promise<void> {
  const go = await RecordingGo.create();
  // Another PATH is another environment, in which everything is listed once.
  await workspace.nxCommand(SHOW, go.settings);
  if (!go.calls().includes('list')) throw new Error('go was not run through PATH');
  editLeaf(workspace);
  await workspace.nxCommand(SHOW, go.settings);
  const calls = go.calls();
  if (calls.length > 0) throw new Error(`after an edit of a body go was run: ${calls.join(', ')}`);
}

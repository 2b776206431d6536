import type { ProjectGraph, Task } from '@nx/devkit';
import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './task-environment.js';

const workspace = new GoWorkspace({
  'nx.json': '{}',
  '.env': 'OF_WORKSPACE=1\nGREETING=hi\n',
  'app/.env': 'GREETING=hello\nNAME=${GREETING} Ada\nSET=lost\n',
  'app/.env.test': 'OF_TEST=1\n',
  'app/.env.build': 'OF_BUILD=1\n',
});
afterAll(() => workspace.remove());

const graph = {
  nodes: { app: { name: 'app', type: 'app', data: { root: 'app', targets: { test: {} } } } },
  dependencies: {},
} satisfies ProjectGraph;
const task = {
  id: 'app:test',
  target: { project: 'app', target: 'test' },
  projectRoot: 'app',
  overrides: {},
  outputs: [],
  parallelism: true,
  cache: true,
} satisfies Task;

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('holds what the .env files of the project and the target set, and no more', async () => {
    const env = await nx.run(
      workspace.root,
      'task-environment',
      (file: typeof door, ofTask: Task, of: ProjectGraph) => {
        // As Nx leaves it when it starts a batch.
        Object.assign(process.env, { NX_LOAD_DOT_ENV_FILES: 'true', OF_WORKSPACE: '1', GREETING: 'hi', SET: 'set' });
        return file.dotenvOf(ofTask, of);
      },
      task,
      graph,
    );
    expect(env).toEqual({ GREETING: 'hello', NAME: 'hello Ada', OF_TEST: '1' });
  });
});

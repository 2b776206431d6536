import type { ProjectGraph, Task } from '@nx/devkit';
import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './environment-files.js';

const workspace = new GoWorkspace({ 'nx.json': '{}' });
afterAll(() => workspace.remove());

const graph = {
  nodes: { app: { name: 'app', type: 'app', data: { root: 'app', targets: { serve: {} } } } },
  dependencies: {},
} satisfies ProjectGraph;
const task = {
  id: 'app:serve',
  target: { project: 'app', target: 'serve' },
  projectRoot: 'app',
  overrides: {},
  outputs: [],
  parallelism: true,
  cache: false,
} satisfies Task;

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('names the files of a task, and gives the environment as they are now', async () => {
    workspace.write({ '.env': 'LEVEL=1\nNAME=shop\n', 'app/.env': 'PORT=3000\nGONE=1\n' });
    const found = await nx.run(
      workspace.root,
      'environment-files',
      async (file: typeof door, root: string, ofTask: Task, of: ProjectGraph) => {
        const { writeFileSync } = await import('node:fs');
        const env = { LEVEL: '1', NAME: 'shop', PORT: '3000', GONE: '1', OWN: 'kept' };
        const files = new file.EnvironmentFiles(ofTask, of, root, env);
        const before = files.now();
        writeFileSync(`${root}/app/.env`, 'PORT=4000\nURL=http://localhost:$PORT\n');
        return { paths: files.paths, before, after: files.now() };
      },
      workspace.root,
      task,
      graph,
    );
    expect(found.paths).toEqual(expect.arrayContaining(['.env', 'app/.env', 'app/.env.serve', 'app/.env.local']));
    const before = { LEVEL: '1', NAME: 'shop', PORT: '3000', GONE: '1', OWN: 'kept' };
    expect(found.before).toEqual(before);
    expect(found.after).toEqual({ LEVEL: '1', NAME: 'shop', PORT: '4000', URL: 'http://localhost:4000', OWN: 'kept' });
  });
});

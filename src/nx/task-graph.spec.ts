import type { ProjectGraph } from '@nx/devkit';
import { afterAll, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './task-graph.js';

const workspace = new GoWorkspace({ 'nx.json': '{}' });
afterAll(() => workspace.remove());

const targets = {
  build: { executor: 'x:y', configurations: { production: {} } },
  test: { executor: 'x:y', dependsOn: ['build'] },
};
const graph = {
  nodes: { app: { name: 'app', type: 'app', data: { root: 'app', targets } } },
  dependencies: { app: [] },
} as unknown as ProjectGraph;

it.each(NX_DOORS)('gives the tasks of targets with what they wait for, under Nx $version', async (nx) => {
  const ids = (configuration?: string) =>
    nx.run(
      workspace.root,
      'task-graph',
      (file: typeof door, projects: ProjectGraph, name?: string) =>
        Object.keys(file.taskGraphOf(projects, ['app'], ['test'], name).tasks).sort(),
      graph,
      configuration,
    );
  expect(await ids()).toEqual(['app:build', 'app:test']);
  expect(await ids('production')).toEqual(['app:build:production', 'app:test']);
});

import type { ProjectGraph, TaskGraph } from '@nx/devkit';
import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './task-hashes.js';

const workspace = new GoWorkspace({ 'nx.json': '{}', 'app/main.go': 'package main\n', 'app/README.md': '' });
afterAll(() => workspace.remove());

const build = { executor: 'x:y', inputs: ['{projectRoot}/*.go'] };
const projectGraph: ProjectGraph = {
  nodes: { app: { name: 'app', type: 'app', data: { root: 'app', targets: { build } } } },
  dependencies: { app: [] },
};
const target = { project: 'app', target: 'build' };
const taskGraph = {
  roots: ['app:build'],
  tasks: { 'app:build': { id: 'app:build', target, overrides: {}, outputs: [], cache: true, parallelism: true } },
  dependencies: { 'app:build': [] },
  continuousDependencies: { 'app:build': [] },
} as TaskGraph;

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  const hash = () =>
    nx.run(
      workspace.root,
      'task-hashes',
      async (file: typeof door, root: string, projects: ProjectGraph, tasks: TaskGraph) =>
        (await file.TaskHashes.create(projects, tasks, root)).of('app:build'),
      workspace.root,
      projectGraph,
      taskGraph,
    );

  it('gives a task a hash that its inputs alone move', async () => {
    workspace.write({ 'app/main.go': 'package main\n' });
    const before = await hash();
    expect(before).toMatch(/^\d+$/);
    workspace.write({ 'app/README.md': String(Math.random()) });
    expect(await hash()).toBe(before);
    workspace.write({ 'app/main.go': 'package main\n\nfunc main() {}\n' });
    expect(await hash()).not.toBe(before);
  });

  it('names the part that an edit moves', async () => {
    const parts = () =>
      nx.run(
        workspace.root,
        'task-hashes',
        async (file: typeof door, root: string, projects: ProjectGraph, tasks: TaskGraph) =>
          (await (await file.TaskHashes.create(projects, tasks, root)).withParts(['app:build'])).get('app:build')
            ?.parts,
        workspace.root,
        projectGraph,
        taskGraph,
      );
    workspace.write({ 'app/main.go': 'package main\n' });
    const before = (await parts()) ?? {};
    workspace.write({ 'app/main.go': 'package main\n\nfunc main() {}\n' });
    const after = (await parts()) ?? {};
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['app:app/*.go']);
    expect(Object.keys(after)).toContain('app:ProjectConfiguration');
  });
});

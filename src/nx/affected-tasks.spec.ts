import type { NxJsonConfiguration, ProjectGraph } from '@nx/devkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { NX_23 } from '../../testing/workspace/nx-versions.js';
import type * as door from './affected-tasks.js';

const FILES = { 'nx.json': '{}', 'package.json': '{}', 'app/main.go': 'package main\n', 'lib/lib.go': 'package lib\n' };
const workspace = new GoWorkspace({ ...FILES, 'lib/README.md': '' });
afterAll(() => workspace.remove());

const build = { executor: 'x:y', inputs: ['{projectRoot}/*.go', { externalDependencies: [] }] };
const project = (name: string) => ({ name, type: 'lib', data: { root: name, targets: { build, vet: build } } });
const graph = {
  // Reached like the others, and without the target.
  nodes: { app: project('app'), lib: project('lib'), docs: { name: 'docs', type: 'lib', data: { root: 'docs' } } },
  dependencies: {
    app: [{ source: 'app', target: 'lib', type: 'static' }],
    lib: [],
    docs: [{ source: 'docs', target: 'lib', type: 'static' }],
  },
} as unknown as ProjectGraph;

beforeAll(async () => {
  const identity = ['-c', 'user.name=unit', '-c', 'user.email=unit@example.org', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...identity, 'commit', '--quiet', '--message', 'state'],
  ])
    await mustRun('git', args, workspace.root, environment());
});

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  const affected = (nxJson: NxJsonConfiguration) =>
    nx.run(
      workspace.root,
      'affected-tasks',
      (file: typeof door, projects: ProjectGraph, json: NxJsonConfiguration) =>
        file.affectedTasks(projects, json, ['build'], 'HEAD'),
      graph,
      nxJson,
    );

  it('selects by inputs, or by projects where Nx does so', async () => {
    workspace.write({ 'lib/lib.go': 'package lib\n\nfunc F() {}\n' });
    const { tasks, files } = await affected({});
    expect(files).toEqual(['lib/lib.go']);
    expect(tasks).toEqual(nx.version === NX_23.nx ? ['app:build', 'lib:build'] : ['lib:build']);
    expect((await affected({ affected: { legacy: true } } as NxJsonConfiguration)).tasks).toEqual([
      'app:build',
      'lib:build',
    ]);
    workspace.write({ 'lib/lib.go': FILES['lib/lib.go'] });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { measure, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const LAYOUT: Layout = {
  name: 'named-inputs',
  mains: ['app', 'tool'],
  tests: [],
  files: {
    'go.mod': goMod('example.org/shop', '1.24.0'),
    'app/main.go': 'package main\n\nfunc main() {}\n',
    'app/project.json': '{ "implicitDependencies": ["web"] }',
    'tool/main.go': 'package main\n\nfunc main() {}\n',
    'web/project.json': '{ "name": "web", "targets": { "build": { "command": "true" } } }',
    'web/index.html': '<p>\n',
    'shared.txt': 'a\n',
  },
};

/** As Nx writes it into new workspaces; more is named than there is. */
const NAMED_INPUTS = {
  goSources: [],
  default: ['{projectRoot}/**/*', 'sharedGlobals'],
  sharedGlobals: ['{workspaceRoot}/shared.txt', '{workspaceRoot}/.github/**/*', { env: 'STAGE' }],
};

describe.each([NX_24, NX_23])('on Nx $nx, what nx.json calls default and sharedGlobals', (version) => {
  let workspace: Workspace;
  let before: Measurement;
  const moved = async (settings = {}) => {
    const after = await measureChange(workspace, settings);
    const isGo = (id: string): boolean => !id.startsWith('web:');
    const tasks = Object.keys(after.tasks).filter((id) => after.tasks[id]?.hash !== before.tasks[id]?.hash);
    return { tasks: tasks.filter(isGo).sort(), selected: after.selectedTasks.filter(isGo) };
  };

  beforeAll(async () => {
    const nxJson = { namedInputs: NAMED_INPUTS, plugins: ['nx-gopher'] };
    workspace = await Workspace.create(LAYOUT, version, { nxJson, pluginWorkers: false });
    before = await measure(workspace);
  });
  beforeEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  it.each([
    ['the other project', { 'web/index.html': '<div>\n' }],
    ['a file that sharedGlobals name', { 'shared.txt': 'b\n' }],
    ['a new file that they match', { '.github/workflows/ci.yml': 'on: push\n' }],
  ])('counts for a Go target that depends on a project implicitly, and for no other: %s', async (_, files) => {
    writeFiles(workspace.root, files);
    const { tasks, selected } = await moved();
    expect(tasks).toEqual(['app:build', 'app:test']);
    if (version.selectsTasks) expect(selected).toEqual(tasks);
  });

  it('counts there with its variables', async () => {
    expect((await moved({ STAGE: 'prod' })).tasks).toEqual(['app:build', 'app:test']);
  });

  it('does not count where the other project has a default of its own', async () => {
    const namedInputs = { default: ['{projectRoot}/**/*'] };
    writeFiles(workspace.root, { 'web/project.json': JSON.stringify({ name: 'web', namedInputs }) });
    await workspace.commit();
    before = await measure(workspace);
    writeFiles(workspace.root, { 'shared.txt': 'b\n' });
    expect((await moved()).tasks).toEqual([]);
    writeFiles(workspace.root, { 'web/index.html': '<div>\n' });
    expect((await moved()).tasks).toEqual(['app:build', 'app:test']);
  });

  it('counts for all targets whose inputs in targetDefaults add it', async () => {
    const targetDefaults = { build: { inputs: ['...', 'sharedGlobals'] } };
    writeFiles(workspace.root, {
      'nx.json': JSON.stringify({ namedInputs: NAMED_INPUTS, plugins: ['nx-gopher'], targetDefaults }),
    });
    await workspace.commit();
    before = await measure(workspace);
    writeFiles(workspace.root, { 'shared.txt': 'b\n' });
    const { tasks, selected } = await moved();
    expect(tasks).toEqual(['app:build', 'app:test', 'tool:build']);
    if (version.selectsTasks) expect(selected).toEqual(tasks);
  });

  it('`nx list nx-gopher` shows all that it has', async () => {
    const { output } = await workspace.nx(['list', 'nx-gopher']);
    for (const file of ['executors.json', 'generators.json']) {
      const content = JSON.parse(workspace.text(`node_modules/nx-gopher/${file}`)) as Record<string, object>;
      const names = Object.values(content).flatMap((entries) =>
        typeof entries === 'object' ? Object.keys(entries) : [],
      );
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name) => !new RegExp(`^\\s*${name}\\b`, 'm').test(output))).toEqual([]);
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';

import { goMod } from '../../testing/layouts/layout.js';
import { measure, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { REPORTED } from './reported-layout.js';

jest.setTimeout(180_000);

let workspace: Workspace;
/** Holds what lies outside the workspace. */
let folder: string;
let before: Measurement;

const LOCAL_SUBMODULES = ['-c', 'protocol.file.allow=always'];
const moduleOf = (name: string, says = name) => ({
  [`${name}/go.mod`]: goMod(`example.com/${name}`, '1.24.0'),
  [`${name}/${name}.go`]: `package ${name}\n\nfunc Name() string { return "${says}" }\n`,
});
const moved = (after: Measurement): string[] =>
  Object.keys(after.tasks)
    .filter((task) => after.tasks[task]?.hash !== before.tasks[task]?.hash)
    .sort();
const writeNxJson = (targetDefaults: object): void => {
  const nxJson = JSON.parse(workspace.text('nx.json')) as object;
  writeFiles(workspace.root, { 'nx.json': JSON.stringify({ ...nxJson, targetDefaults }) });
};

beforeAll(async () => {
  folder = mkdtempSync(join(temporaryFolder('outside'), 'reported-'));
  const outside = (REPORTED.files['outside/go.mod'] ?? '').replace('FAR', join(folder, 'far'));
  const files = { 'outside/go.mod': outside };
  workspace = await Workspace.create(REPORTED, NX_24, { pluginWorkers: false, files });
  writeFiles(folder, { ...moduleOf('far'), ...moduleOf('party') });
  const manifest = JSON.parse(workspace.text('package.json')) as object;
  writeFiles(workspace.root, { 'package.json': JSON.stringify({ ...manifest, workspaces: ['npm'] }) });
  const party = join(folder, 'party');
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '--message', 'one'],
  ])
    await mustRun(
      'git',
      ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', ...args],
      party,
      workspace.environment(),
    );
  await workspace.git(...LOCAL_SUBMODULES, 'submodule', '--quiet', 'add', party, 'third/party');
  await workspace.commit();
  before = await measure(workspace);
});
afterEach(async () => {
  await workspace.reset();
  await workspace.git('submodule', '--quiet', 'foreach', 'git reset --quiet --hard');
});
afterAll(() => {
  workspace?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it('runs a configuration that some projects lack, reads line ends of Windows, and names a script in the way', async () => {
  const { output } = await workspace.nx(['run-many', '-t', 'build', 'test', '-c', 'production']);
  const ends = taskEnds(output);
  expect(tasksThat('failed', ends)).toEqual([]);
  expect(tasksThat('ran', ends)).toEqual(
    expect.arrayContaining([
      'cmd/pay:build',
      'core/integration:test',
      'outside:build',
      'uses:build',
      'web:build:production',
    ]),
  );
  expect(output).toContain('npm/package.json: the script "build" takes the place of Go\'s target "build"');
  const { stdout } = await mustRun(workspace.path('dist/windows/windows'), [], workspace.root, workspace.environment());
  expect(stdout).toBe('core page');
});

it('moves and selects the tests of a module that lie in a module of their own', async () => {
  replaceText(workspace.root, 'core/core.go', '"core" }', '"core" } // edited');
  const after = await measureChange(workspace);
  const reached = ['core/integration:test', 'core:test', 'windows:build', 'windows:test'];
  expect(moved(after)).toEqual(reached);
  expect(after.selectedTasks).toEqual(expect.arrayContaining(reached));
});

it('moves nothing for a tool, nor for the way to private modules', async () => {
  replaceText(workspace.root, 'go.mod', '\ntool example.org/idle\n', '');
  const goTasks = (after: Measurement) => moved(after).filter((task) => task !== '@x/npm:build');
  expect(goTasks(await measure(workspace))).toEqual([]);
  await workspace.reset();
  const settings = { GOPRIVATE: 'example.org/*', GONOPROXY: 'none', GOPROXY: 'off', GONOSUMDB: 'example.org/*' };
  expect(goTasks(await measure(workspace, settings))).toEqual([]);
});

it('fails what needs a private module that nobody can fetch, names the import, and builds the rest', async () => {
  const modules = mkdtempSync(join(folder, 'modules-'));
  const { output } = await workspace.nx(['run-many', '-t', 'build', '-p', 'cmd/pay', 'web', '--nxBail=false'], {
    ...{ GOMODCACHE: modules, GOFLAGS: '-modcacherw' },
    ...{ GOPRIVATE: 'example.org/*', GONOPROXY: 'none', GOPROXY: 'off' },
  });
  const ends = taskEnds(output);
  expect(tasksThat('failed', ends)).toEqual(['cmd/pay:build']);
  expect(ends).toHaveProperty('web:build');
  expect(output).toContain('cmd/pay/main.go:5:2: module lookup disabled by GOPROXY=off');
});

it('runs a test again when a variable changes in a .env that git ignores', async () => {
  const run = async () => taskEnds((await workspace.nx(['run-many', '-t', 'test', '-p', 'settings'])).output);
  expect((await run())['settings:test']).toBe('cached');
  writeFileSync(workspace.path('settings/.env'), 'SETTING=wrong\n');
  expect((await run())['settings:test']).toBe('failed');
  writeFileSync(workspace.path('settings/.env'), 'SETTING=right\n');
});

it('does not let nx.json cache what cannot be hashed', async () => {
  writeNxJson({ build: { cache: true } });
  const { output, exitCode } = await workspace.nx(['run', 'outside:build']);
  expect(exitCode).toBe(1);
  expect(output).toContain('a cached result could be stale: package example.com/far lies in');
  writeNxJson({ build: { cache: true }, 'nx-gopher:go': {} });
  expect((await workspace.nx(['run', 'outside:build'])).exitCode).toBe(0);
});

it('selects what uses a submodule, of which git tells by its directory alone', async () => {
  writeFileSync(workspace.path('third/party/party.go'), 'package party\n\nfunc Name() string { return "new" }\n');
  const after = await measureChange(workspace);
  expect(after.changed).toEqual(['third/party']);
  expect(moved(after)).toEqual(['third/party:test', 'uses:build', 'uses:test']);
  expect(after.selectedTasks).toEqual(['third/party:test', 'uses:build', 'uses:test']);
});

it('builds what is there in a sparse checkout', async () => {
  await workspace.git('sparse-checkout', 'set', '--no-cone', '/*', '!/core/');
  mkdirSync(workspace.path('dist'), { recursive: true });
  const { output } = await workspace.nx(['run-many', '-t', 'build', '-p', 'uses', 'web', 'windows', '--nxBail=false']);
  const ends = taskEnds(output);
  expect(tasksThat('failed', ends)).toEqual(['windows:build']);
  expect(Object.keys(ends).sort()).toEqual(['uses:build', 'web:build', 'windows:build']);
  expect(output).toContain('replacement directory ../core does not exist');
});

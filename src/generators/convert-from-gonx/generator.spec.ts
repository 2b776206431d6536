import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { logger, readJson, updateJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import convertFromGonx from './generator.js';

const MAIN = 'package main\n\nfunc main() {}\n';
const SKIP = { skipFormat: true, skipPackageJson: true };

let tree: Tree;
let said: string;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  const options = { buildTargetName: 'build', serveTargetName: 'serve', tagName: 'go' };
  updateJson(tree, 'nx.json', (json) => ({
    ...json,
    plugins: [{ plugin: '@naxodev/gonx', options }],
    namedInputs: { goSource: ['{projectRoot}/**/*.go'] },
    targetDefaults: {},
  }));
  tree.write('apps/api/go.mod', 'module api\n\ngo 1.24\n');
  tree.write('apps/api/main.go', MAIN);
  said = '';
  jest.spyOn(logger, 'info').mockImplementation((text) => void (said += `${String(text)}\n`));
  jest.spyOn(logger, 'warn').mockImplementation((text) => void (said += `${String(text)}\n`));
});

afterEach(() => {
  jest.restoreAllMocks();
});

it('converts inferred targets, and says which options are lost', async () => {
  await convertFromGonx(tree, SKIP);
  expect(readJson(tree, 'nx.json').plugins).toEqual([
    { plugin: 'nx-gopher', options: { granularity: 'module', vet: { targetName: 'lint' } } },
  ]);
  expect(readJson(tree, 'nx.json').namedInputs).not.toHaveProperty('goSource');
  // The binary is where nx-gopher puts it anyway, the project is called by its path, and nx-gopher has a serve, too.
  expect(tree.exists('apps/api/project.json')).toBe(false);
  expect(said).toMatch(/apps\/api:serve +@naxodev\/gonx:serve \(inferred\) +nx-gopher:serve/);
  expect(said).toContain('tagName');
  expect(said).toContain('serveTargetName');
});

it('builds every main of a module, where it was built before', async () => {
  tree.write('apps/tools/go.mod', 'module example.org/tools\n\ngo 1.24\n');
  tree.write('apps/tools/cmd/one/main.go', MAIN);
  tree.write('apps/tools/cmd/two/main.go', MAIN);
  await convertFromGonx(tree, SKIP);
  expect(readJson(tree, 'apps/tools/project.json').targets.build).toEqual({
    executor: 'nx:noop',
    dependsOn: [{ projects: ['apps/tools/cmd/one', 'apps/tools/cmd/two'], target: 'build' }],
  });
  expect(readJson(tree, 'apps/tools/cmd/one/project.json')).toEqual({
    targets: { build: { options: { outputPath: 'dist/apps/tools/one' } } },
  });
});

it('builds what a pattern names in its own module alone', async () => {
  tree.write('go.mod', 'module example.org/all\n\ngo 1.24\n');
  tree.write('cmd/one/main.go', MAIN);
  await convertFromGonx(tree, SKIP);
  expect(readJson(tree, 'project.json').targets.build.dependsOn).toEqual([{ projects: ['cmd/one'], target: 'build' }]);
});

it('takes a module for an application by the files that gonx looks for', async () => {
  tree.write('apps/lib/go.mod', 'module lib\n\ngo 1.24\n');
  tree.write('apps/lib/server.go', MAIN);
  await convertFromGonx(tree, SKIP);
  expect(said).toMatch(/apps\/api:build +@naxodev/);
  expect(said).not.toContain('apps/lib:build');
});

it('lets builds and tests wait for the generation of code, as the plugin did, where there is some', async () => {
  tree.write('apps/tools/go.mod', 'module example.org/tools\n\ngo 1.24\n');
  tree.write('apps/tools/main.go', `//go:generate stringer\n${MAIN}`);
  await convertFromGonx(tree, SKIP);
  const { build, test, generate } = readJson(tree, 'apps/tools/project.json').targets;
  expect([build, test, generate].map(({ dependsOn }) => dependsOn)).toEqual([
    ['...', 'generate'],
    ['...', 'generate'],
    ['^generate'],
  ]);
  expect(tree.exists('apps/api/project.json')).toBe(false);
  expect(said).toContain('apps/api:generate: gone: it has nothing to generate');
  expect(said).toContain('no longer waits for ^build');
});

it('defines the named input that the plugin gave to its projects where something still names it', async () => {
  updateJson(tree, 'nx.json', (json) => ({ ...json, namedInputs: {} }));
  const left = { executor: '@naxodev/gonx:release-publish', inputs: ['goSource', '^goSource'] };
  writeJson(tree, 'apps/api/project.json', { name: 'api', targets: { publish: left } });
  await convertFromGonx(tree, SKIP);
  expect(readJson(tree, 'nx.json').namedInputs.goSource).toContain('{projectRoot}/**/*.go');
  expect(said).toContain('named input goSource is what the old plugin gave');
});

it('lets git ignore what builds and tests write', async () => {
  await convertFromGonx(tree, SKIP);
  expect(tree.read('.gitignore', 'utf-8')).toMatch(/^dist$/m);
});

it('takes flags as they are, no shell reads them', async () => {
  writeJson(tree, 'apps/api/project.json', {
    name: 'apps/api',
    targets: {
      build: { options: { flags: ['-ldflags=-X main.v=$V'] } },
      gen: { executor: '@naxodev/gonx:generate', options: { flags: ['-run', 'a b'], env: { A: 'b' } } },
      'nx-release-publish': { executor: '@naxodev/gonx:release-publish' },
    },
  });
  await convertFromGonx(tree, SKIP);
  const { build, gen, ...others } = readJson(tree, 'apps/api/project.json').targets;
  expect(build).toEqual({ options: { ldflags: '-X main.v=$V' } });
  expect(gen.options).toEqual({ command: "go generate -run 'a b' ./...", cwd: '{projectRoot}', env: { A: 'b' } });
  expect(others['nx-release-publish']).toEqual({ executor: '@naxodev/gonx:release-publish' });
  expect(said).toContain('nx-gopher has no release-publish');
});

it('does not change in a second run', async () => {
  await convertFromGonx(tree, SKIP);
  const before = JSON.stringify(tree.listChanges());
  await convertFromGonx(tree, SKIP);
  expect(JSON.stringify(tree.listChanges())).toBe(before);
});

it.each([
  [{ args: ['--at', 'a b'], env: { PORT: '80' } }, { options: { args: ['--at', 'a b'], env: { PORT: '80' } } }],
  [{ main: 'main.go' }, undefined],
  [{ main: 'cmd/web/main.go' }, 'go run .'],
  [{ cmd: 'gow' }, 'gow run ./...'],
])('serves the program of a project, and runs others as before: %j', async (options, expected) => {
  writeJson(tree, 'apps/api/project.json', { targets: { serve: { executor: '@naxodev/gonx:serve', options } } });
  await convertFromGonx(tree, SKIP);
  const serve = readJson(tree, 'apps/api/project.json').targets?.serve;
  if (typeof expected !== 'string') expect(serve).toEqual(expected);
  else expect(serve).toMatchObject({ executor: 'nx:run-commands', options: { command: expected } });
});

it('does not serve one of several programs that `./...` holds', async () => {
  tree.write('apps/api/cmd/web/main.go', MAIN);
  await convertFromGonx(tree, SKIP);
  expect(readJson(tree, 'apps/api/project.json').targets.serve.options.command).toBe('go run ./...');
});

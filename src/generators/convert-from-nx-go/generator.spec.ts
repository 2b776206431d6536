import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger, readJson, updateJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import convertFromNxGo from './generator.js';

const MAIN = 'package main\n\nfunc main() {}\n';
const SKIP = { skipFormat: true, skipPackageJson: true };

let tree: Tree;
let said: string;

/** A workspace as the generators of nx-go leave it: modules under a go.work, and no targets in project files. */
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: ['@nx-go/nx-go'] }));
  tree.write('go.work', 'go 1.24\n\nuse (\n\t./apps/api\n\t./libs/money\n)\n');
  module('apps/api', { 'main.go': MAIN });
  module('libs/money', { 'money.go': 'package money\n' });
  said = '';
  jest.spyOn(logger, 'info').mockImplementation((text) => void (said += `${String(text)}\n`));
  jest.spyOn(logger, 'warn').mockImplementation((text) => void (said += `${String(text)}\n`));
});

afterEach(() => {
  jest.restoreAllMocks();
});

function module(dir: string, files: Record<string, string>): void {
  tree.write(`${dir}/go.mod`, `module example.org/${dir}\n\ngo 1.24\n`);
  for (const [name, content] of Object.entries(files)) tree.write(`${dir}/${name}`, content);
}

function project(dir: string, content: object): void {
  writeJson(tree, `${dir}/project.json`, content);
}

function snapshot(): Record<string, string> {
  return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));
}

describe('a workspace with inferred targets', () => {
  it('has the same project names, target names and binaries', async () => {
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'nx.json').plugins).toEqual([
      { plugin: 'nx-gopher', options: { granularity: 'module', vet: { targetName: 'lint' } } },
    ]);
    expect(readJson(tree, 'apps/api/project.json')).toEqual({
      name: 'api',
      targets: {
        build: { options: { outputPath: 'dist/apps/api' } },
      },
    });
    expect(readJson(tree, 'libs/money/project.json')).toEqual({ name: 'money' });
  });

  it('says what behaves otherwise', async () => {
    await convertFromNxGo(tree, SKIP);
    expect(said).toMatch(/api, money: lint ran go fmt/);
    expect(said).toMatch(/-trimpath/);
    expect(said).toMatch(/granularity/);
  });

  it('does not change in a second run', async () => {
    await convertFromNxGo(tree, SKIP);
    const before = snapshot();
    await convertFromNxGo(tree, SKIP);
    expect(snapshot()).toEqual(before);
    expect(said).toContain('Nothing to convert');
  });

  it('has other names on request', async () => {
    await convertFromNxGo(tree, { ...SKIP, keepNames: false });
    expect(tree.exists('libs/money/project.json')).toBe(false);
    expect(readJson(tree, 'apps/api/project.json').name).toBeUndefined();
  });

  it('keeps its place, target names and filters, and joins an entry of nx-gopher that is there', async () => {
    updateJson(tree, 'nx.json', (json) => ({
      ...json,
      plugins: [
        '@nx/js',
        {
          plugin: '@nx-go/nx-go',
          options: { buildTargetName: 'compile', lintTargetName: 'vet', skipGoDependencyCheck: true },
          exclude: ['old/**'],
        },
        '@nx/web',
        { plugin: 'nx-gopher', options: { test: { race: true } } },
      ],
    }));
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'nx.json').plugins).toEqual([
      '@nx/js',
      {
        plugin: 'nx-gopher',
        options: { granularity: 'module', build: { targetName: 'compile' }, test: { race: true } },
        exclude: ['old/**'],
      },
      '@nx/web',
    ]);
    expect(readJson(tree, 'apps/api/project.json').targets).toHaveProperty('compile');
    expect(said).toContain('skipGoDependencyCheck');
  });

  it('gets a generate target where there is something to generate', async () => {
    module('libs/money', { 'money.go': 'package money\n\n//go:generate stringer\n' });
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'libs/money/project.json').targets).toEqual({
      generate: { executor: 'nx:run-commands', options: { command: 'go generate', cwd: '{projectRoot}' } },
    });
  });
});

describe('a workspace with targets in project files', () => {
  const target = (executor: string, rest: object = {}) => ({ executor: `@nx-go/nx-go:${executor}`, ...rest });

  it('has the same options', async () => {
    project('apps/api', {
      name: 'api',
      targets: {
        build: target('build', {
          cache: true,
          inputs: ['golang'],
          outputs: ['{workspaceRoot}/dist/{projectRoot}*'],
          dependsOn: ['codegen'],
          options: { main: 'main.go', outputPath: '../../dist/apps/api/api', flags: ['-tags=pg', '-race'] },
          configurations: { arm: { env: { GOOS: 'linux', GOARCH: 'arm64' }, flags: ['-tags=my'] } },
        }),
        test: target('test', { options: { cover: true, coverProfile: 'cover.out', race: true, verbose: false } }),
        lint: target('lint', { options: { linter: 'revive', args: ['-config', 'revive.toml'] } }),
        tidy: target('tidy', { options: { args: ['-compat=1.24'] } }),
        codegen: target('generate', { options: { args: ['./...'] } }),
        serve: target('serve', { options: { args: ['--port', '80'] } }),
      },
    });
    await convertFromNxGo(tree, SKIP);
    const lint = { command: 'revive -config revive.toml ./...', cwd: '{projectRoot}' };
    expect(readJson(tree, 'apps/api/project.json').targets).toEqual({
      build: {
        dependsOn: ['...', 'codegen'],
        options: { tags: ['pg'], race: true },
        configurations: { arm: { tags: ['my'], race: false, goos: 'linux', goarch: 'arm64' } },
      },
      test: { options: { cover: true, coverProfile: 'apps/api/cover.out', race: true } },
      lint: { cache: true, inputs: ['default', '^default'], executor: 'nx:run-commands', options: lint },
      tidy: { options: { args: ['-compat=1.24'] } },
      codegen: { executor: 'nx:run-commands', options: { command: 'go generate ./...', cwd: '{projectRoot}' } },
      serve: { options: { args: ['--port', '80'] } },
    });
  });

  it('builds a main elsewhere in its own project, under the old name too', async () => {
    module('apps/shop', { 'shop.go': 'package shop\n', 'cmd/web/main.go': MAIN });
    project('apps/shop', {
      name: 'shop',
      targets: { build: target('build', { options: { main: 'cmd/web/main.go' } }) },
    });
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'apps/shop/project.json').targets.build).toEqual({
      executor: 'nx:noop',
      dependsOn: [{ projects: ['apps/shop/cmd/web'], target: 'build' }],
    });
    expect(readJson(tree, 'apps/shop/cmd/web/project.json')).toEqual({
      targets: { build: { options: { outputPath: 'dist/apps/shop' } } },
    });
  });

  it.each([
    ['tinygo', target('build', { options: { compiler: 'tinygo' } }), 'build', 'not with tinygo'],
    ['a shell', target('build', { options: { flags: ['-ldflags=$X'] } }), 'build', 'its flags need a shell'],
  ])('leaves a target with %s as it is, and says so', async (_, old, name, reason) => {
    project('apps/api', { name: 'api', targets: { [name]: old } });
    writeJson(tree, 'package.json', { devDependencies: { '@nx-go/nx-go': '4.1.1' } });
    await convertFromNxGo(tree, { skipFormat: true });
    expect(readJson(tree, 'apps/api/project.json').targets[name]).toEqual(old);
    expect(readJson(tree, 'package.json').devDependencies).toHaveProperty('@nx-go/nx-go');
    expect(said).toMatch(new RegExp(`api:${name}: left as it is: .*${reason}`));
  });

  it('keeps further targets of a kind under their names, each as one of that kind', async () => {
    const targets = {
      'build-arm': target('build', { options: { env: { GOARCH: 'arm64' } } }),
      'test-race': target('test', { options: { race: true }, dependsOn: ['^build'] }),
      check: target('lint', {}),
    };
    project('apps/api', { name: 'api', targets });
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'apps/api/project.json').targets).toMatchObject({
      'build-arm': {
        executor: 'nx-gopher:go',
        options: { kind: 'build', goarch: 'arm64', outputPath: 'dist/apps/api' },
      },
      'test-race': { executor: 'nx-gopher:go', options: { kind: 'test', race: true }, dependsOn: ['...', '^build'] },
      check: { executor: 'nx-gopher:go', options: { kind: 'vet' } },
    });
  });

  it('keeps inputs of its own behind the inferred ones where Nx can', async () => {
    const inputs = ['golang', '{workspaceRoot}/fixtures/**/*'];
    project('libs/money', { name: 'money', targets: { test: target('test', { inputs }) } });
    await convertFromNxGo(tree, SKIP);
    const test = readJson(tree, 'libs/money/project.json').targets.test;
    expect(test.inputs).toEqual(['...', '{workspaceRoot}/fixtures/**/*']);
  });

  it('makes each package a project where projects were packages of one module', async () => {
    for (const path of ['apps/api/go.mod', 'libs/money/go.mod', 'go.work']) tree.delete(path);
    tree.write('go.mod', 'module example.org/shop\n\ngo 1.24\n');
    project('apps/api', { name: 'api', targets: { build: target('build', { options: { main: 'main.go' } }) } });
    project('libs/money', { name: 'money', targets: { test: target('test') } });
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'nx.json').plugins).toEqual([
      { plugin: 'nx-gopher', options: { vet: { targetName: 'lint' } } },
    ]);
    expect(readJson(tree, 'apps/api/project.json').targets.build).toEqual({ options: { outputPath: 'dist/apps/api' } });
    expect(readJson(tree, 'libs/money/project.json').targets ?? {}).toEqual({});
    expect(tree.exists('project.json')).toBe(false);
  });
});

describe('named inputs', () => {
  it('keeps a named input that others refer to', async () => {
    project('web', { name: 'web', targets: { build: { command: 'make', inputs: ['^golang'] } } });
    updateJson(tree, 'nx.json', (json) => ({ ...json, namedInputs: { golang: ['{projectRoot}/**/*.go'] } }));
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'nx.json').namedInputs).toHaveProperty('golang');
    expect(readJson(tree, 'web/project.json').targets.build).toEqual({ command: 'make', inputs: ['^golang'] });
  });
});

it('takes the package out of package.json', async () => {
  writeJson(tree, 'package.json', { devDependencies: { '@nx-go/nx-go': '4.1.1', nx: '24.0.6' } });
  await convertFromNxGo(tree, { skipFormat: true });
  expect(readJson(tree, 'package.json').devDependencies).toEqual({ nx: '24.0.6' });
});

it('leaves a workspace without the plugin alone', async () => {
  updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: ['nx-gopher'] }));
  const before = snapshot();
  await convertFromNxGo(tree, SKIP);
  expect(snapshot()).toEqual(before);
});

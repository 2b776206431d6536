import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger, readJson, updateJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import convertFromNxGo from './generator.js';

const MAIN = 'package main\n\nfunc main() {}\n';
const SKIP = { skipFormat: true, skipPackageJson: true };
const target = (executor: string, rest: object = {}) => ({ executor: `@nx-go/nx-go:${executor}`, ...rest });

let tree: Tree;
let said: string;

/** A module with two mains below it and no package of its own, and one with a main. */
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: ['@nx-go/nx-go'] }));
  tree.write('apps/shop/go.mod', 'module example.org/shop\n\ngo 1.24\n');
  tree.write('apps/shop/cmd/web/main.go', MAIN);
  tree.write('apps/shop/cmd/web/main_test.go', 'package main\n');
  tree.write('apps/shop/cmd/job/main.go', MAIN);
  tree.write('apps/api/go.mod', 'module example.org/api\n\ngo 1.24\n');
  tree.write('apps/api/main.go', MAIN);
  said = '';
  jest.spyOn(logger, 'info').mockImplementation((text) => void (said += `${String(text)}\n`));
  jest.spyOn(logger, 'warn').mockImplementation((text) => void (said += `${String(text)}\n`));
});

afterEach(() => {
  jest.restoreAllMocks();
});

function project(dir: string, name: string, targets: object): void {
  writeJson(tree, `${dir}/project.json`, { name, targets });
}

const targetsOf = (dir: string) => readJson(tree, `${dir}/project.json`).targets;

describe('the keys of a target', () => {
  it('go with a build to the project of its main, and mean the old project there', async () => {
    project('apps/shop', 'shop', {
      build: target('build', {
        cache: true,
        dependsOn: ['gen', '^gen', { target: 'gen', projects: 'self' }],
        inputs: ['golang', '{projectRoot}/templates/**/*', 'mine', { env: 'A' }],
        parallelism: false,
        metadata: { description: 'web' },
        options: { main: './cmd/web', outputPath: '../../dist/web' },
      }),
    });
    await convertFromNxGo(tree, SKIP);
    const { inputs, ...rest } = targetsOf('apps/shop/cmd/web').build;
    expect(rest).toEqual({
      dependsOn: ['...', { projects: ['shop'], target: 'gen' }, '^gen', { target: 'gen', projects: ['shop'] }],
      parallelism: false,
      metadata: { description: 'web' },
      options: { outputPath: 'dist/web' },
    });
    expect(inputs).toEqual([
      '...',
      '{workspaceRoot}/apps/shop/templates/**/*',
      { input: 'mine', projects: ['shop'] },
      { env: 'A' },
    ]);
    expect(said).toContain('shop:build: inputs ["golang"]');
    expect(said).toContain('shop:build: cache true');
    expect(said).toMatch(/shop:build +@nx-go\/nx-go:build +nx-gopher:go \(build\) in apps\/shop\/cmd\/web; nx:noop/);
  });

  it.each([
    ['its own', ['^build', 'gen'], undefined],
    ['those of nx.json', undefined, ['^build', 'gen']],
  ])('do not let a main wait for the old name, which waits for it: %s', async (_, dependsOn, byName) => {
    updateJson(tree, 'nx.json', (json) => ({
      ...json,
      targetDefaults: byName ? { build: { dependsOn: byName } } : {},
    }));
    const build = target('build', { ...(dependsOn ? { dependsOn } : {}), options: { main: './cmd/web' } });
    writeJson(tree, 'apps/shop/project.json', { name: 'shop', implicitDependencies: ['ui', '!x'], targets: { build } });
    await convertFromNxGo(tree, SKIP);
    expect(targetsOf('apps/shop/cmd/web').build.dependsOn).toEqual([
      '...',
      { projects: ['ui'], target: 'build' },
      { projects: ['shop'], target: 'gen' },
    ]);
    expect(said).toContain('not for ^build');
  });

  it('stay with a serve that ends by itself', async () => {
    const written = { cache: true, outputs: ['{projectRoot}/out'], inputs: ['golang'], dependsOn: ['gen'] };
    project('apps/api', 'api', { serve: target('serve', written) });
    await convertFromNxGo(tree, SKIP);
    expect(targetsOf('apps/api').serve).toEqual({
      ...written,
      executor: 'nx:run-commands',
      options: { command: 'go run .', cwd: '{projectRoot}' },
    });
  });

  it('are named where they are gone, options without a counterpart too', async () => {
    project('apps/api', 'api', {
      test: target('test', { outputs: ['{projectRoot}/x'], options: { bench: '.' }, configurations: { a: { b: 1 } } }),
    });
    await convertFromNxGo(tree, SKIP);
    expect(said).toContain('api:test: outputs ["{projectRoot}/x"]');
    expect(said).toContain('option bench="." has no counterpart');
    expect(said).toContain('option a.b=1 has no counterpart');
  });
});

it('gives test and lint of a module without a package to the packages below', async () => {
  project('apps/shop', 'shop', { test: target('test', { options: { race: true } }), lint: target('lint') });
  await convertFromNxGo(tree, { ...SKIP, granularity: 'package' });
  const noop = (...projects: string[]) => ({ executor: 'nx:noop', dependsOn: [{ projects, target: 'test' }] });
  expect(targetsOf('apps/shop').test).toEqual(noop('apps/shop/cmd/web'));
  expect(targetsOf('apps/shop').lint.dependsOn).toEqual([
    { projects: ['apps/shop/cmd/job', 'apps/shop/cmd/web'], target: 'lint' },
  ]);
  expect(targetsOf('apps/shop/cmd/web').test).toEqual({ options: { race: true } });
});

describe('main and outputPath', () => {
  const old = { name: '@nx-go/nx-go', version: '3.3.1' };
  const build = (options: object) => project('apps/shop', 'shop', { build: target('build', { options }) });
  const outputOf = (dir: string) => targetsOf(dir).build.options.outputPath;

  it.each(['./cmd/web', 'cmd/web/main.go', 'apps/shop/cmd/web', '{projectRoot}/cmd/web', 'example.org/shop/cmd/web'])(
    'find the main package by %s',
    async (main) => {
      build({ main, outputPath: '../../dist/bin/' });
      await convertFromNxGo(tree, SKIP);
      expect(outputOf('apps/shop/cmd/web')).toBe('dist/bin/web');
    },
  );

  it('are seen from the workspace root before 3.3.2, which inferred no targets', async () => {
    writeJson(tree, 'node_modules/@nx-go/nx-go/package.json', old);
    build({ main: 'apps/shop/cmd/job/main.go', outputPath: 'out/job' });
    await convertFromNxGo(tree, SKIP);
    expect(outputOf('apps/shop/cmd/job')).toBe('out/job');
    expect(readJson(tree, 'apps/api/project.json')).toEqual({ name: 'api' });
  });

  it('lead to the binary that go names by the import path', async () => {
    tree.write('apps/shop/go.mod', 'module example.org/store/v2\n\ngo 1.24\n');
    tree.write('apps/shop/main.go', MAIN);
    build({ outputPath: '../../dist/bin/' });
    await convertFromNxGo(tree, SKIP);
    expect(outputOf('apps/shop')).toBe('dist/bin/store');
  });

  it('give way to the binaries of mains below, and say so', async () => {
    tree.write('apps/shop/main.go', MAIN);
    await convertFromNxGo(tree, SKIP);
    expect(readJson(tree, 'apps/shop/project.json')).toEqual({ name: 'shop' });
    expect(said).toContain(
      'the binary was dist/apps/shop, which is a directory of other binaries; it is dist/apps/shop/shop',
    );
  });

  it('of a module at the root are kept', async () => {
    tree.write('go.mod', 'module example.org/all\n\ngo 1.24\n');
    tree.write('main.go', MAIN);
    project('.', 'all', { build: target('build', { options: { outputPath: 'bin/all' } }) });
    await convertFromNxGo(tree, SKIP);
    expect(outputOf('.')).toBe('bin/all');
  });

  it.each([
    ['package-lock.json', '{"packages": {"node_modules/@nx-go/nx-go": {\n"version": "3.3.1"}}}'],
    ['pnpm-lock.yaml', "packages:\n  '@nx-go/nx-go@3.3.1(nx@20.0.0)':\n    resolution: {}\n"],
    ['pnpm-lock.yaml', 'packages:\n  /@nx-go/nx-go/3.3.1:\n    resolution: {}\n'],
    ['yarn.lock', '"@nx-go/nx-go@^3.0.0":\n  version "3.3.1"\n'],
    ['bun.lock', '"@nx-go/nx-go": ["@nx-go/nx-go@3.3.1", ""]'],
    ['package.json', '{"devDependencies": {"@nx-go/nx-go": "~3.3.1"}}'],
  ])('take the version from %s', async (file, content) => {
    tree.write(file, content);
    build({ main: 'apps/shop/cmd/web', outputPath: 'out/web' });
    await convertFromNxGo(tree, SKIP);
    expect(outputOf('apps/shop/cmd/web')).toBe('out/web');
  });
});

it('takes options of version 2 for what they are called today', async () => {
  writeJson(tree, 'node_modules/@nx-go/nx-go/package.json', { name: '@nx-go/nx-go', version: '2.6.0' });
  project('apps/api', 'api', {
    serve: target('serve', { options: { main: 'apps/api/main.go', arguments: ['--port', '80'] } }),
    test: target('test', { options: { skipRace: true } }),
    lint: target('lint', { options: { linter: 'revive', args: '-config revive.toml' } }),
  });
  await convertFromNxGo(tree, SKIP);
  const { serve, test, lint } = targetsOf('apps/api');
  expect(serve).toEqual({ options: { args: ['--port', '80'] } });
  expect(test.options).toEqual({ cover: true, verbose: true });
  expect(lint.options.command).toBe('revive -config revive.toml ./...');
  expect(said).not.toMatch(/skipRace|arguments/);
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { libraryGenerator } from '../library/generator.js';
import { GeneratedWorkspace } from '../../../testing/generators/generated-workspace.js';
import { moduleGenerator } from './generator.js';

jest.setTimeout(60_000);

let workspace: GeneratedWorkspace;

beforeEach(() => {
  workspace = new GeneratedWorkspace();
});
afterEach(() => workspace.remove());

const mod = (path: string, go = '1.24') => `module ${path}\n\ngo ${go}\n`;

it('makes a go.mod for the installed Go, which go takes', async () => {
  expect(
    await workspace.generate((tree) => moduleGenerator(tree, { path: '.', modulePath: 'example.com/shop' })),
  ).toEqual(['go.mod']);
  expect(workspace.text('go.mod')).toMatch(/^module example.com\/shop\n\ngo 1\.\d+\.0\n$/);
  expect(await workspace.mustGo(['list', '-m'])).toBe('example.com/shop');
});

describe('in a workspace with modules', () => {
  it.each([
    ['below the module that the directory belonged to', { 'go.mod': mod('example.com/shop') }, 'example.com/shop/api'],
    ['as its neighbour', { 'web/go.mod': mod('example.com/shop/web') }, 'example.com/shop/api'],
  ])('is called %s', async (_, files, wanted) => {
    workspace.write(files);
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'api' }));
    expect(workspace.text('api/go.mod')).toBe(mod(wanted));
  });

  it('has the highest go line of the others, or the chosen one', async () => {
    workspace.write({ 'a/go.mod': mod('example.com/a', '1.24.2'), 'b/go.mod': mod('example.com/b', '1.24rc1') });
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'c' }));
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'd', goVersion: '1.22' }));
    expect(workspace.text('c/go.mod')).toBe(mod('example.com/c', '1.24.2'));
    expect(workspace.text('d/go.mod')).toBe(mod('example.com/d', '1.22'));
  });

  it.each([
    [1.24, '1.24'],
    [1.3, '1.30'],
    ['1.24.0', '1.24.0'],
  ])('takes the version that Nx hands on as %j for %s', async (goVersion, wanted) => {
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'a', modulePath: 'example.com/a', goVersion }));
    expect(workspace.text('a/go.mod')).toBe(mod('example.com/a', wanted));
  });

  it('makes a go.work of all of them on request', async () => {
    workspace.write({ 'b/go.mod': mod('example.com/b', '1.24.1') });
    const options = { path: 'a', modulePath: 'example.com/a', goWork: true, goVersion: '1.23' };
    expect(await workspace.generate((tree) => moduleGenerator(tree, options))).toEqual(['a/go.mod', 'go.work']);
    expect(workspace.text('go.work')).toBe('go 1.24.1\n\nuse (\n\t./a\n\t./b\n)\n');
    expect((await workspace.mustGo(['list', '-m'])).split('\n')).toEqual(['example.com/a', 'example.com/b']);
  });
});

describe('in a workspace with a go.work', () => {
  beforeEach(() => {
    workspace.write({ 'go.work': '// ours\ngo 1.24.3\n\nuse ./web // first\n', 'web/go.mod': mod('shop/web', '1.23') });
  });

  it('joins it, takes its go line, and its packages build, test and vet with those of the others', async () => {
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'api' }));
    expect(workspace.text('api/go.mod')).toBe(mod('shop/api', '1.24.3'));
    await workspace.generate((tree) => libraryGenerator(tree, { path: 'api/money' }));
    workspace.write({ 'web/web.go': 'package web\n\nimport "shop/api/money"\n\nvar Text = money.Greet("web")\n' });
    await workspace.mustGo(['build', './web/...', './api/...']);
    await workspace.mustGo(['vet', './web/...', './api/...']);
    expect(await workspace.mustGo(['test', './web/...', './api/...'])).toMatch(/^ok\s+shop\/api\/money\s/m);
  });

  it('writes what `go work use` writes', async () => {
    await workspace.generate((tree) => moduleGenerator(tree, { path: 'api' }));
    const written = workspace.text('go.work');
    workspace.write({ 'go.work': '// ours\ngo 1.24.3\n\nuse ./web // first\n' });
    await workspace.mustGo(['work', 'use', './api']);
    expect(written).toBe(workspace.text('go.work'));
    expect(written).toContain('./web // first');
  });

  it('refuses a go line above that of the go.work, with the remedy', async () => {
    const generated = workspace.generate((tree) => moduleGenerator(tree, { path: 'api', goVersion: '1.99' }));
    await expect(generated).rejects.toThrow('go.work is for Go 1.24.3');
    await expect(generated).rejects.toThrow('go work edit -go=1.99 go.work');
    expect(workspace.text('api/go.mod')).toBeUndefined();
  });
});

it.each([
  [{ path: 'new' }, 'Pass --module-path'],
  [{ path: 'new', modulePath: 'https://example.com' }, '"https://example.com" cannot be a module path'],
  [{ path: 'new', modulePath: 'shop' }, 'The module in "old" is called shop already'],
  [{ path: 'old', modulePath: 'other' }, '"old" is the module shop already'],
  [{ path: 'new', modulePath: 'new', goVersion: 'latest' }, '"latest" is no Go version'],
])('refuses %j: %s', async (options, error) => {
  workspace.write({ 'old/go.mod': mod('shop') });
  await expect(workspace.generate((tree) => moduleGenerator(tree, options))).rejects.toThrow(error);
  expect(workspace.text('new/go.mod')).toBeUndefined();
  expect(workspace.text('old/go.mod')).toBe(mod('shop'));
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger, readJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import initGenerator from './generator.js';

let tree: Tree;
let bin: string;
let warn: ReturnType<typeof jest.spyOn>;

/** An environment with a go command that only knows its version. */
function withGo(version: string): NodeJS.ProcessEnv {
  writeFileSync(join(bin, 'go'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return { PATH: `${bin}:/bin:/usr/bin` };
}

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  bin = mkdtempSync(join(tmpdir(), 'nx-gopher-init-'));
  warn = jest.spyOn(logger, 'warn').mockImplementation(() => undefined);
});

afterEach(() => {
  rmSync(bin, { recursive: true, force: true });
  jest.restoreAllMocks();
});

describe('nx.json', () => {
  it('gets the plugin, and keeps all else', async () => {
    const before = readJson(tree, 'nx.json');
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(readJson(tree, 'nx.json')).toEqual({ ...before, plugins: ['nx-gopher'], namedInputs: { goSources: [] } });
  });

  it('is made where there is none', async () => {
    tree.delete('nx.json');
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(readJson(tree, 'nx.json')).toEqual({ plugins: ['nx-gopher'], namedInputs: { goSources: [] } });
  });

  it('keeps other plugins, comments and formatting', async () => {
    const before = `{\n\t// who builds what\n\t"plugins": [\n\t\t{ "plugin": "@nx/js", "options": {} } // first\n\t],\n}\n`;
    tree.write('nx.json', before);
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(tree.read('nx.json', 'utf-8')).toBe(
      `{\n\t// who builds what\n\t"plugins": [\n\t\t{ "plugin": "@nx/js", "options": {} },\n\t\t"nx-gopher" // first\n\t],\n\t"namedInputs": { "goSources": [] },\n}\n`,
    );
  });

  it.each([
    ['{"namedInputs":{"goSources":["x"]}}', { goSources: ['x'] }],
    ['{"namedInputs":{"default":["x"]}}', { default: ['x'], goSources: [] }],
    ['{"affected":{"legacy":true}}', undefined],
  ])('from %s has the named inputs that it should', async (text, namedInputs) => {
    tree.write('nx.json', text);
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(readJson(tree, 'nx.json').namedInputs).toEqual(namedInputs);
  });

  it.each([
    ['a string', ['other', 'nx-gopher']],
    ['an object', [{ plugin: 'nx-gopher' }]],
    ['an object with options', [{ plugin: 'nx-gopher', options: { granularity: 'module' }, include: ['go/**'] }]],
  ])('that has the plugin as %s stays as it is, and so does .gitignore', async (_, plugins) => {
    const text = `{\n    "plugins":${JSON.stringify(plugins)} /* ours */ }`;
    tree.write('nx.json', text);
    const changes = JSON.stringify(tree.listChanges());
    const write = jest.spyOn(tree, 'write');
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(write).not.toHaveBeenCalled();
    expect(JSON.stringify(tree.listChanges())).toBe(changes);
    expect(tree.read('nx.json', 'utf-8')).toBe(text);
  });

  it('does not change in a second run', async () => {
    await initGenerator(tree, {}, withGo('go1.26.8'));
    const write = jest.spyOn(tree, 'write');
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(write).not.toHaveBeenCalled();
  });
});

describe('.gitignore', () => {
  it('gets dist and coverage', async () => {
    tree.write('.gitignore', 'node_modules');
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(tree.read('.gitignore', 'utf-8')).toBe('node_modules\ndist\ncoverage\n');
  });

  it('is made where there is none', async () => {
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(tree.read('.gitignore', 'utf-8')).toBe('dist\ncoverage\n');
  });

  it.each(['dist', 'dist/', '/dist', '/dist/', '**/dist', 'dist/*', '/dist/**', 'dist  '])(
    'takes the line "%s" for dist',
    async (line) => {
      tree.write('.gitignore', `# output\r\n${line}\r\n`);
      await initGenerator(tree, {}, withGo('go1.26.8'));
      expect(tree.read('.gitignore', 'utf-8')).toBe(`# output\r\n${line}\r\ncoverage\r\n`);
    },
  );

  it.each(['# dist', 'dist/web', '!dist', 'apps/dist'])('does not take the line "%s" for dist', async (line) => {
    tree.write('.gitignore', `${line}\n`);
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(tree.read('.gitignore', 'utf-8')).toBe(`${line}\ndist\ncoverage\n`);
  });
});

describe('formatting', () => {
  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace({ formatter: 'prettier' });
    tree.write('nx.json', '{"affected":{"defaultBase":"main"}}');
  });

  it('is that of the workspace', async () => {
    await initGenerator(tree, {}, withGo('go1.26.8'));
    expect(tree.read('nx.json', 'utf-8')).toBe(
      '{\n  "affected": { "defaultBase": "main" },\n  "plugins": ["nx-gopher"],\n  "namedInputs": { "goSources": [] }\n}\n',
    );
  });

  it('is left out on request', async () => {
    await initGenerator(tree, { skipFormat: true }, withGo('go1.26.8'));
    expect(tree.read('nx.json', 'utf-8')).toBe(
      '{"affected":{"defaultBase":"main"}, "plugins": ["nx-gopher"], "namedInputs": { "goSources": [] }}',
    );
  });
});

describe('the check for go', () => {
  it('says nothing where Go is new enough', async () => {
    await initGenerator(tree, {}, withGo('go1.24.0'));
    expect(warn).not.toHaveBeenCalled();
  });

  it('warns about a missing Go and registers the plugin all the same', async () => {
    await initGenerator(tree, {}, { PATH: bin });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('https://go.dev/dl'));
    expect(readJson(tree, 'nx.json').plugins).toEqual(['nx-gopher']);
  });

  it('warns about a Go that is too old', async () => {
    await initGenerator(tree, {}, withGo('go1.23.4'));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('is go1.23.4'));
  });
});

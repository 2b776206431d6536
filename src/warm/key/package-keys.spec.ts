import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { CompiledSources } from '../../go/listing/compiled-sources.js';
import { factsKeys, packageKeys, type CompileSettings } from './package-keys.js';

const SETTINGS: CompileSettings = { all: 'go1.26', cgo: 'gcc 14', main: '-trimpath', test: '', trimsPaths: true };
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'nx-gopher-keys-'));
  for (const name of ['leaf', 'mid', 'main', 'other']) writeFileSync(join(dir, `${name}.go`), `package ${name}\n`);
});
afterAll(() => rmSync(dir, { recursive: true }));

const keysOf = (listed: readonly CompiledSources[], settings: CompileSettings) => packageKeys(listed, settings, dir);

function sources(importPath: string, imports: readonly string[], more: Partial<CompiledSources> = {}): CompiledSources {
  const plain = {
    plainPath: importPath,
    isMain: importPath === 'main',
    isStandard: false,
    dir,
    module: 'example.com/a@ go 1.24',
  };
  const files = importPath === 'fmt' ? ['print.go'] : [`${importPath}.go`];
  return { importPath, ...plain, isVersioned: false, files, embedPatterns: [], usesCgo: false, imports, ...more };
}

it('name facts of vet by how it was run, for what does not change with the workspace', () => {
  const listed = all();
  const keys = keysOf(listed, SETTINGS);
  const facts = factsKeys(listed, keys, ['test']);
  expect([...facts.keys()]).toEqual(['fmt']);
  expect(facts.get('fmt')).not.toBe(keys.get('fmt'));
  expect(moved(facts, factsKeys(listed, keys, ['vet', '-printf=false']))).toEqual(['fmt']);
});

it('hold what go wrote for a test, wherever it lies', () => {
  const written = (name: string, text: string): CompiledSources => {
    writeFileSync(join(dir, name), text);
    return sources('a.test', [], { isMain: true, files: [join(dir, name)] });
  };
  const key = (one: CompiledSources, test = ''): string | undefined =>
    keysOf([one], { ...SETTINGS, test }).get('a.test');
  expect(key(written('x1', 'one'))).toBe(key(written('x2', 'one')));
  expect(key(written('x1', 'one'))).not.toBe(key(written('x2', 'two')));
  expect(key(written('x1', 'one'))).not.toBe(key(written('x1', 'one'), '-cover'));
});

const all = (more: Partial<CompiledSources> = {}): CompiledSources[] => [
  sources('fmt', [], { isStandard: true }),
  sources('leaf', ['fmt'], more),
  sources('mid', ['leaf', 'fmt']),
  sources('other', ['fmt']),
  sources('main', ['mid', 'other']),
];

function moved(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...one.keys()].filter((path) => one.get(path) !== other.get(path));
}

it('move with the sources of a package and of what it imports', () => {
  const before = keysOf(all(), SETTINGS);
  expect(before.size).toBe(5);
  expect(moved(before, keysOf(all(), SETTINGS))).toEqual([]);
  writeFileSync(join(dir, 'leaf.go'), 'package leaf // changed\n');
  expect(moved(before, keysOf(all(), SETTINGS))).toEqual(['leaf', 'mid', 'main']);
});

it.each<[string, Partial<CompileSettings>, readonly string[]]>([
  ['the toolchain', { all: 'go1.27' }, ['fmt', 'leaf', 'mid', 'other', 'main']],
  ['the C compiler', { cgo: 'gcc 15' }, ['leaf', 'mid', 'main']],
  ['the flags of the linker', { main: '-trimpath -s' }, ['main']],
  ['directories in what is compiled', { trimsPaths: false }, ['leaf', 'mid', 'other', 'main']],
])('move with %s', (_what, changed, expected) => {
  const listed = all({ usesCgo: true });
  expect(moved(keysOf(listed, SETTINGS), keysOf(listed, { ...SETTINGS, ...changed }))).toEqual(expected);
});

it('do not look into versions of modules, and go by their names', () => {
  const versioned = (version: string) =>
    all({ isVersioned: true, module: `golang.org/x/text@${version}`, files: ['none.go'] });
  const before = keysOf(versioned('v0.27.0'), SETTINGS);
  expect(before.size).toBe(5);
  expect(moved(before, keysOf(versioned('v0.28.0'), SETTINGS))).toEqual(['leaf', 'mid', 'main']);
});

it('are none for what cannot be read, is made by go, or imports such a package', () => {
  expect([...keysOf(all({ files: ['none.go'] }), SETTINGS).keys()]).toEqual(['fmt', 'other']);
  expect([...keysOf(all({ files: ['/cache/x.go'] }), SETTINGS).keys()]).toEqual(['fmt', 'other']);
});

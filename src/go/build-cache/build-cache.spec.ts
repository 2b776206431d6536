import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { actionGraph, type GoAction } from '../actions/action-graph.js';
import { BuildCache } from './build-cache.js';

let root: string;
const cacheDir = (name: string): string => join(root, name);

/** Builds with a build cache, and gives what go says of its actions. */
function build(cache: string): GoAction[] {
  const graph = join(root, 'graph.json');
  const env = {
    ...process.env,
    GOCACHE: cacheDir(cache),
    GOFLAGS: '',
    GOWORK: 'off',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  execFileSync('go', ['build', '-trimpath', `-debug-actiongraph=${graph}`, '-o', join(root, 'out'), '.'], {
    cwd: root,
    env,
  });
  return actionGraph(readFileSync(graph, 'utf8')).filter(({ action }) => action !== undefined);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-build-cache-'));
  writeFileSync(join(root, 'go.mod'), 'module example.com/a\n\ngo 1.24\n');
  writeFileSync(join(root, 'main.go'), 'package main\n\nfunc main() { println("a") }\n');
}, 120_000);
afterAll(() => rmSync(root, { recursive: true }));

it('go takes what was laid in from another build cache, and compiles nothing', async () => {
  const compiled = build('first');
  expect(compiled.length).toBeGreaterThan(10);
  expect(compiled.every(({ milliseconds }) => milliseconds !== undefined)).toBe(true);
  const [first, second] = [new BuildCache(cacheDir('first')), new BuildCache(cacheDir('second'))];
  const ids = first.find(compiled.map(({ action }) => action ?? ''));
  expect(ids.size).toBe(compiled.length);
  const bytes = readFileSync(join(root, 'out'));
  for (const id of ids.values()) {
    const entry = first.entry(id)!;
    await second.lay(entry, await first.body(entry));
    expect(second.entry(id)).toEqual(entry);
  }
  rmSync(join(root, 'out'));
  expect(build('second').filter(({ milliseconds }) => milliseconds !== undefined)).toEqual([]);
  expect(readFileSync(join(root, 'out')).equals(bytes)).toBe(true);
}, 120_000);

it('lays in nothing that is no entry, and leaves nothing behind', async () => {
  const cache = new BuildCache(cacheDir('third'));
  const id = 'a'.repeat(64);
  for (const wrong of [{ action: '../../etc' }, { output: `${'b'.repeat(63)}/` }, { size: 5 }])
    await expect(cache.lay({ action: id, output: id, size: 1, ...wrong }, Buffer.from('x'))).rejects.toThrow();
  expect(cache.has(id)).toBe(false);
  await cache.lay({ action: id, output: id, size: 1 }, Buffer.from('x'));
  expect(readdirSync(join(cache.dir, 'aa')).sort()).toEqual([`${id}-a`, `${id}-d`]);
  writeFileSync(join(cache.dir, 'aa', `${id}-d`), 'longer');
  expect(cache.entry(id)).toBeUndefined();
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from '@jest/globals';

import { mainsThatHold, planWorkspace } from './plan.js';
import { SIZES, writeWorkspace } from './write-workspace.js';

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the same size gives the same files, another seed others', () => {
  const size = { mains: 3, packages: 10, seed: 5 };
  for (const [name, seed] of [
    ['a', 5],
    ['b', 5],
    ['c', 6],
  ] as const)
    writeWorkspace(join(folder, name), { ...size, seed });
  expect(textsOf('b')).toEqual(textsOf('a'));
  expect(textsOf('c')).not.toEqual(textsOf('a'));
});

test('go builds, tests and vets it, and gofmt has nothing to change', () => {
  const root = join(folder, 'checked');
  const { mains, libraries } = writeWorkspace(root, { mains: 4, packages: 30, seed: 2, shape: 'dense' });
  const go = (...args: string[]): string =>
    execFileSync('go', args, { cwd: root, encoding: 'utf8', env: { ...process.env, GOWORK: 'off', GOFLAGS: '' } });
  expect(go('list', './...').trim().split('\n')).toHaveLength(mains.length + libraries.length);
  go('vet', './...');
  expect(go('test', './...')).not.toMatch(/no test files|FAIL/);
  expect(execFileSync('gofmt', ['-l', '.'], { cwd: root, encoding: 'utf8' })).toBe('');
});

test.each(Object.entries(SIZES))('%s: three mains alone hold the leaf, and every package has five files', (_, size) => {
  const plan = planWorkspace(size);
  expect(plan.leaf.imports).toEqual([]);
  expect(mainsThatHold(plan, plan.leaf)).toEqual(plan.mains.slice(0, 3));
  expect([plan.mains.length, plan.libraries.length]).toEqual([size.mains, size.packages]);
});

function textsOf(name: string): Record<string, string> {
  const files = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files.flatMap((file) => {
      const path = join(folder, name, file);
      return statSync(path).isFile() ? [[file, readFileSync(path, 'utf8')]] : [];
    }),
  );
}

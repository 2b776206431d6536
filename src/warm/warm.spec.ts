import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { writeFiles } from '../../testing/workspace/files.js';
import { actionGraph } from '../go/actions/action-graph.js';
import type { SourcesRequest } from '../go/listing/compiled-sources.js';
import { runGo } from '../go/process/command.js';
import { DataFolder } from '../workspace/kept/data-folder.js';
import { KnownPackages } from './known-packages.js';
import { DirectoryStore } from './store/directory.js';
import { Warm } from './warm.js';

jest.setTimeout(240_000);

const GO = { path: 'go', version: '' };
const MODULE = 'example.com/w';
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-warm-'));
  writeFiles(root, {
    'w/go.mod': `module ${MODULE}\n\ngo 1.24\n`,
    'w/a/a.go': 'package a\n\nfunc A() int { return 1 }\n',
    'w/a/a_test.go':
      'package a\n\nimport "testing"\n\nfunc Own() int { return 2 }\n\nfunc TestA(t *testing.T) { _ = Own() + A() }\n',
    'w/a/x_test.go': `package a_test

import (
	"testing"

	"${MODULE}/a"
	"${MODULE}/b"
)

func TestX(t *testing.T) { t.Logf("%d", a.Own()+b.B()) }
`,
    'w/b/b.go': `package b\n\nimport "${MODULE}/a"\n\nfunc B() int { return a.A() }\n`,
    'w/b/b_test.go': 'package b\n\nimport "testing"\n\nfunc TestB(t *testing.T) { t.Log(B()) }\n',
  });
});
afterAll(() => rmSync(root, { recursive: true }));

/** What a machine without caches did with a store. */
async function onMachine(name: string, writes: boolean) {
  const store = new DirectoryStore(join(root, 'store'));
  const env = { GOCACHE: join(root, name), GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
  const where = { cwd: join(root, 'w'), env };
  const known = new KnownPackages(new DataFolder(join(root, `${name}-data`)), store.name);
  const warm = new Warm({ store, writes, known, signer: {}, say: () => undefined });
  const checked: string[] = [];
  for (const vet of [['test'], ['vet']] as NonNullable<SourcesRequest['vet']>[]) {
    const warmed = await warm.prepare(GO, { patterns: ['./...'], flags: [], tests: true, vet, where });
    const { exitCode, stderr } = await runGo(GO, [vet[0], ...warmed.flags, './...'], where);
    expect([exitCode, stderr]).toEqual([0, '']);
    const graph = actionGraph(readFileSync(warmed.flags[0]!.replace(/^[^=]*=/, ''), 'utf8'));
    const isMade = graph.filter(({ mode, command }) => mode === 'vet' && command !== undefined);
    checked.push(...isMade.map(({ importPath }) => importPath));
    warmed.stop();
  }
  const asked = warm.statistics.requests;
  await warm.finish();
  const compiled = [...warm.statistics.packages].filter(([, { source }]) => source === 'compiled');
  return { compiled: compiled.map(([path]) => path).sort(), checked, asked, stored: warm.statistics.stored };
}

it('tests and checks take what others compiled for tests, and what vet found out about libraries', async () => {
  const first = await onMachine('first', true);
  const variants = [`a [${MODULE}/a.test]`, `b [${MODULE}/a.test]`, `a_test [${MODULE}/a.test]`, 'a.test', 'b.test'];
  expect(first.compiled).toEqual(expect.arrayContaining(['testing', `${MODULE}/a`]));
  expect(first.compiled).toEqual(expect.arrayContaining(variants.map((name) => `${MODULE}/${name}`)));
  expect(first.checked).toContain('testing');
  const second = await onMachine('second', false);
  expect(second.compiled).toEqual([]);
  // Their own findings are no business of the store's.
  expect(second.checked.filter((path) => !path.startsWith(MODULE))).toEqual([]);
  expect(second.checked).toContain(`${MODULE}/b`);
  expect(second.asked).toBe(first.stored);
  expect(second.stored).toBe(0);
});

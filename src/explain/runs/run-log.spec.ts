import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from '@jest/globals';

import { DataFolder } from '../../workspace/kept/data-folder.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import { KEPT_RUNS, readRuns, writeRuns } from './run-log.js';
import type { RunRecord } from './run-record.js';

const dir = mkdtempSync(join(tmpdir(), 'nx-gopher-runs-'));
const folder = new DataFolder(dir);
afterAll(() => rmSync(dir, { recursive: true }));

const settings: RecordedPart = { name: 'runtime:go env GOOS', hash: '1', text: 'GOOS=linux' };
const sources = (hash: string): RecordedPart => ({
  name: 'lib:lib/*.go',
  hash,
  files: new Map([['lib/lib.go', `${hash}0123456789abcd`]]),
});

function run(start: number, parts: readonly RecordedPart[]): RunRecord {
  const task = { task: 'app:build', hash: String(start), success: true, start, end: start + 5, parts };
  return { start, commit: 'c0ffee', tasks: [task, { ...task, task: 'app:test', success: false }] };
}

it('reads what was written', () => {
  const runs = [run(1, [settings, sources('a')]), run(2, [settings, sources('b')])];
  writeRuns(folder, runs);
  expect(readRuns(folder)).toEqual(runs);
});

it('keeps the newest runs', () => {
  writeRuns(
    folder,
    Array.from({ length: KEPT_RUNS + 3 }, (_, at) => run(at, [settings])),
  );
  expect(readRuns(folder).map(({ start }) => start)).toEqual(Array.from({ length: KEPT_RUNS }, (_, at) => at + 3));
});

it('takes what was damaged, or written in another form, for nothing', () => {
  writeRuns(folder, [run(1, [settings])]);
  const file = join(dir, readdirSync(dir)[0] as string);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('linux', 'linus'));
  expect(readRuns(folder)).toEqual([]);
  folder.write('nx-gopher-runs.json', () => JSON.stringify({ version: 0 }));
  expect(readRuns(folder)).toEqual([]);
});

it('takes less than a kilobyte for a task and a run, where an edit moves one package of hundreds', () => {
  const part = (at: number, hash: string): RecordedPart => ({
    name: `internal/lib${at}:internal/lib${at}/*.go,!internal/lib${at}/*_test.go`,
    hash: `${hash}${at}123456789012345`,
    files: new Map(['a', 'b', 'c', 'd'].map((name) => [`internal/lib${at}/${name}.go`, `${hash}${at}23456789abcdef0`])),
  });
  const runs = Array.from({ length: KEPT_RUNS }, (_, edit): RunRecord => {
    const parts = Array.from({ length: 300 }, (_unused, at) => part(at, at === edit ? 'new' : 'old'));
    const tasks = Array.from({ length: 60 }, (_unused, at) => ({
      ...(run(edit, parts).tasks[0] as RunRecord['tasks'][number]),
      task: `cmd/app${at}:build`,
    }));
    return { start: edit, commit: 'c0ffee', tasks };
  });
  writeRuns(folder, runs);
  const { size } = statSync(join(dir, readdirSync(dir)[0] as string));
  expect(size / (KEPT_RUNS * 60)).toBeLessThan(1_000);
  expect(readRuns(folder)).toHaveLength(KEPT_RUNS);
});

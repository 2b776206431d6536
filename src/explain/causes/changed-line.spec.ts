import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { mustRun } from '../../../testing/workspace/command.js';
import { environment } from '../../../testing/workspace/environment.js';
import { fileDigest } from '../parts/file-digest.js';
import { changedLine } from './changed-line.js';

const dir = mkdtempSync(join(tmpdir(), 'nx-gopher-changed-line-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'a.go');
const SOURCE = 'package a\n\nfunc A() int {\n\treturn 1\n}\n\nfunc B() {}\n';

beforeAll(async () => {
  writeFileSync(file, SOURCE);
  await mustRun('git', ['init', '--quiet'], dir, environment());
  await mustRun('git', ['add', '.'], dir, environment());
});

it('names the line and the function of the first change', async () => {
  writeFileSync(file, SOURCE);
  const digest = fileDigest(file);
  writeFileSync(file, SOURCE.replace('return 1', 'return 2'));
  expect(await changedLine(dir, 'a.go', digest)).toEqual({ line: 4, within: 'func A() int' });
  writeFileSync(file, SOURCE.replace('func B() {}', 'func B(x int) {}'));
  expect(await changedLine(dir, 'a.go', digest)).toEqual({ line: 7, within: 'func B(x int)' });
});

it('tells nothing of what git never had', async () => {
  writeFileSync(file, 'package other\n');
  const digest = fileDigest(file);
  writeFileSync(file, SOURCE);
  expect(await changedLine(dir, 'a.go', digest)).toBeUndefined();
});

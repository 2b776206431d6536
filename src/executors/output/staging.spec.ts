import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { createStaging, stagingFolder } from './staging.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-staging-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A directory as the process of that id would have made it, here or on another machine. */
function stagingOf(pid: number, machine?: string): string {
  const staging = createStaging(stagingFolder(root));
  const [own] = basename(staging.dir).split('-');
  const dir = join(dirname(staging.dir), `${machine ?? own}-${pid}-abcdef`);
  mkdirSync(dir);
  staging.remove();
  return dir;
}

it('leaves nothing when it is removed', () => {
  const [first, second] = [createStaging(stagingFolder(root)), createStaging(stagingFolder(root))];
  expect(dirname(first.dir)).toBe(dirname(second.dir));
  first.remove();
  expect(existsSync(second.dir)).toBe(true);
  second.remove();
  expect(readdirSync(root, { recursive: true }).filter((name) => /[0-9a-f]-\d/.test(String(name)))).toEqual([]);
});

it('removes what a process left that was killed, and nothing of one that lives', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const dir = stagingOf(other.pid ?? 0);
  createStaging(stagingFolder(root)).remove();
  expect(existsSync(dir)).toBe(true);

  const ended = new Promise((resolve) => other.on('exit', resolve));
  other.kill('SIGKILL');
  await ended;
  createStaging(stagingFolder(root)).remove();
  expect(existsSync(dir)).toBe(false);
});

it('leaves what another machine works on for a day', () => {
  const dir = stagingOf(1, '00000000');
  createStaging(stagingFolder(root)).remove();
  expect(existsSync(dir)).toBe(true);
  const before = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(dir, before, before);
  createStaging(stagingFolder(root)).remove();
  expect(existsSync(dir)).toBe(false);
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';

import { ChangesSince, mergeBase } from './changes-since.js';

const repository = mkdtempSync(join(tmpdir(), 'changes-since-'));
const root = join(repository, 'work space');

const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=spec', '-c', 'user.email=spec@example.org', ...args], { cwd: repository });

beforeAll(async () => {
  mkdirSync(root);
  for (const name of ['kept.go', 'gone.go', 'ö"\n.go']) writeFileSync(join(root, name), 'package a\n');
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'first');
  rmSync(join(root, 'gone.go'));
  writeFileSync(join(root, 'new.go'), 'package a\n');
  symlinkSync('nowhere', join(root, 'dangling.go'));
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

it('tells new files from changed and deleted ones, in a folder of a repository', async () => {
  const changes = await ChangesSince.read(root, 'HEAD');
  const found = ['kept.go', 'ö"\n.go', 'gone.go', 'new.go', 'dangling.go'].map((path) => changes.of(path));
  expect(found).toEqual(['changed', 'changed', 'gone', 'new', 'new']);
});

it('does not guess where git knows no such commit', async () => {
  expect((await ChangesSince.read(root, 'no-such-commit')).of('new.go')).toBe('changed');
  expect((await ChangesSince.read(root, '--help')).of('new.go')).toBe('changed');
});

it('finds where HEAD left a base', async () => {
  const { stdout: first } = await git('rev-parse', 'HEAD');
  await git('branch', 'base');
  await git('commit', '-q', '--allow-empty', '-m', 'second');
  await git('checkout', '-q', 'base');
  await git('commit', '-q', '--allow-empty', '-m', 'of the base');
  await git('checkout', '-q', '-');
  expect(await mergeBase(root, 'base')).toBe(first);
  expect(await mergeBase(root, 'no-such-commit')).toBe('no-such-commit');
});

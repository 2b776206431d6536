import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { execa } from 'execa';

import { digests } from './files.js';
import { Git } from './git.js';

let repository: string;
let root: string;

beforeEach(async () => {
  repository = mkdtempSync(join(tmpdir(), 'nx-gopher-files-'));
  root = join(repository, 'work space');
  mkdirSync(root);
  for (const file of ['moved.go', 'deleted.go', 'edited.go']) writeFileSync(join(root, file), `package ${file}\n`);
  await git('init', '-q');
  await git('add', '.');
  await git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x');
});
afterEach(() => rmSync(repository, { recursive: true }));

function git(...args: string[]): Promise<unknown> {
  return execa('git', args, { cwd: repository });
}

it('names and digests what is not committed, in a workspace below the top of its repository', async () => {
  expect(await new Git(root).uncommitted()).toEqual([]);
  await git('mv', 'work space/moved.go', 'work space/größe.go');
  rmSync(join(root, 'deleted.go'));
  writeFileSync(join(root, 'edited.go'), 'package a\n');
  writeFileSync(join(repository, 'above.go'), '');
  await execa('git', ['init', '-q', join(root, 'nested')]);
  const before = digests(root, await new Git(root).uncommitted());
  expect(before).toEqual({
    'moved.go': '',
    'deleted.go': '',
    'edited.go': expect.stringMatching(/^[0-9a-f]{16}$/),
    'größe.go': expect.stringMatching(/^[0-9a-f]{16}$/),
    '../above.go': expect.stringMatching(/^[0-9a-f]{16}$/),
    nested: '',
  });
  writeFileSync(join(root, 'edited.go'), 'package b\n');
  const after = digests(root, await new Git(root).uncommitted());
  expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual(['edited.go']);
});

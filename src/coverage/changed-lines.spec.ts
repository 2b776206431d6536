import { afterAll, expect, it } from '@jest/globals';
import { execa } from 'execa';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { changedIn, changedLines } from './changed-lines.js';

const workspace = new GoWorkspace({
  'a b/x.go': 'one\ntwo\nthree\n',
  'gone.go': 'x\n',
  'same.go': 'x\n',
  'é.go': 'x\n',
});
afterAll(() => workspace.remove());

async function git(...args: string[]): Promise<void> {
  await execa('git', ['-c', 'user.name=spec', '-c', 'user.email=spec@example.org', ...args], { cwd: workspace.root });
}

it('finds lines that are new or changed since the work began, committed or not', async () => {
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=base');
  await git('checkout', '--quiet', '-b', 'work');
  workspace.write({ 'a b/x.go': 'one\n++ 2\nthree\nfour\n', 'é.go': 'y\nz\n' });
  await git('rm', '--quiet', 'gone.go');
  await git('commit', '--quiet', '--all', '--message=work');
  workspace.write({ 'a b/x.go': 'one\n++ 2\nthree\nfour\nfive\n', 'new/y.go': 'y\n', 'notes.txt': 'y\n' });
  const changed = await changedLines(workspace.root, 'main');
  expect([...changed].map(([file, lines]) => [file, lines === 'all' ? lines : [...lines]])).toEqual([
    ['a b/x.go', [2, 4, 5]],
    ['é.go', [1, 2]],
    ['new/y.go', 'all'],
  ]);
});

it.each(['nowhere', '--output=x'])('names a base that git does not know: %s', async (base) => {
  await expect(changedLines(workspace.root, base)).rejects.toThrow(
    `git merge-base failed for the base ${JSON.stringify(base)}`,
  );
});

it('takes no line of code for a header', () => {
  const diff = '--- a/x.go\n+++ b/x.go\n@@ -1 +1,2 @@\n--- a/y.go\n+++ b/y.go\n+@@ -1 +9 @@\n@@ -5,0 +7 @@\n+z\n';
  expect([...changedIn(diff)]).toEqual([['x.go', new Set([1, 2, 7])]]);
});

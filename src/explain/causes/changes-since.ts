import { lstatSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import type { FileChange } from './cause.js';

/** Where HEAD left a base: what `nx affected` compares with. The base itself where they have no commit in common. */
export async function mergeBase(root: string, base: string): Promise<string> {
  const args = ['merge-base', '--end-of-options', base, 'HEAD'];
  const { stdout, exitCode } = await execa('git', args, { cwd: root, reject: false, stdin: 'ignore' });
  return exitCode === 0 && typeof stdout === 'string' ? stdout.trim() : base;
}

/** What happened to files since a commit: they are new, gone or changed. */
export class ChangesSince {
  private constructor(
    private readonly root: string,
    /** The files of the commit, from the workspace's root; undefined where git does not list them. */
    private readonly before: ReadonlySet<string> | undefined,
  ) {}

  /** @param root of the workspace, absolute; it may be a folder of the repository. */
  static async read(root: string, commit: string): Promise<ChangesSince> {
    // Without --full-tree: names are from the workspace's root.
    const args = ['ls-tree', '-r', '-z', '--name-only', '--end-of-options', commit];
    const { stdout, exitCode } = await execa('git', args, { cwd: root, reject: false, stdin: 'ignore' });
    const isListed = exitCode === 0 && typeof stdout === 'string';
    return new ChangesSince(root, isListed ? new Set(stdout.split('\0')) : undefined);
  }

  /** What happened to a file that differs from the commit. */
  of(path: string): FileChange {
    // A link that leads nowhere is there.
    if (!lstatSync(join(this.root, path), { throwIfNoEntry: false })) return 'gone';
    return this.before?.has(path) === false ? 'new' : 'changed';
  }
}

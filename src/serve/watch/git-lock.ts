import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { isFile, textOf } from '../../files.js';

/**
 * Tells whether a git command is changing the files of a checkout: git holds `index.lock` for as long as it does.
 *
 * @param dir a directory of the checkout.
 */
export function gitLock(dir: string): () => boolean {
  const gitDir = gitDirOf(dir);
  const lock = gitDir && join(gitDir, 'index.lock');
  return () => lock !== undefined && existsSync(lock);
}

function gitDirOf(dir: string): string | undefined {
  for (let current = dir; ; current = dirname(current)) {
    const path = join(current, '.git');
    if (isFile(path)) {
      // A second working tree: the file names the directory.
      const [, named] = /^gitdir: (.*)$/m.exec(textOf(path) ?? '') ?? [];
      return named === undefined ? undefined : resolve(current, named);
    }
    if (existsSync(path)) return path;
    if (dirname(current) === current) return undefined;
  }
}

import { posix } from 'node:path';

import type { Package } from '../../go/listing/package.js';
import { fromRoot } from '../../paths.js';

/**
 * The directory of a package, from the workspace's root with forward slashes; one outside of the workspace begins with
 * `../`. Undefined for a module in go's cache, which never changes, and for a package that was not found.
 */
export function sourceDir(root: string, { dir, module }: Package): string | undefined {
  const inForce = module?.replace ?? module;
  if (dir === '' || (inForce?.version ?? '') !== '') return undefined;
  return dir.startsWith('/') || /^[A-Za-z]:/.test(dir) ? fromRoot(root, dir) : dir;
}

/** A directory and all above it, up to the workspace's root; of one outside of it up to what it has in common. */
export function withParents(dir: string): string[] {
  const dirs = [dir];
  for (let current = dir; current !== '.' && !/^(\.\.\/)*\.\.$/.test(current);) {
    current = posix.dirname(current);
    dirs.push(current);
  }
  return dirs;
}

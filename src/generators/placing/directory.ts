import { isAbsolute, posix, relative, resolve } from 'node:path';

import type { Tree } from '@nx/devkit';

import { pathElementError } from '../../go/modules/import-path.js';
import { isInside, isInWorkspace, toPosix } from '../../paths.js';

/**
 * The directory that a generator's `path` means, from the workspace root with forward slashes, `.` for the root. As in
 * Nx's own generators, a path is relative to the directory that Nx was called in, unless it repeats that directory.
 *
 * @param cwd the directory that Nx was called in, absolute.
 * @throws Error for a directory outside of the workspace, and for one that the go command takes no package from.
 */
export function directoryFor(tree: Tree, path: string, cwd: string = calledIn(tree)): string {
  const written = path.trim().replaceAll('\\', '/');
  const from = toPosix(relative(tree.root, cwd)) || '.';
  const repeats = from === '.' || written === from || written.startsWith(`${from}/`);
  const absolute = isAbsolute(path) ? resolve(path) : resolve(tree.root, repeats ? '.' : from, written);
  const dir = posix.normalize(toPosix(relative(tree.root, absolute)) || '.');
  if (!isInWorkspace(dir)) {
    throw new Error(`"${path}" lies outside of the workspace. Name a directory inside of it.`);
  }
  for (const name of dir === '.' ? [] : dir.split('/')) {
    const error = pathElementError(name);
    if (error !== undefined) throw new Error(`"${dir}" cannot hold Go code: "${name}" ${error}. Choose another path.`);
  }
  if (tree.exists(dir) && tree.isFile(dir)) throw new Error(`"${dir}" is a file. Choose another path.`);
  return dir;
}

/**
 * @throws Error when a directory holds Go files already: a generator adds no files to the code of others.
 */
export function refuseGoFiles(tree: Tree, dir: string): void {
  const goFile = tree.children(dir).find((name) => name.endsWith('.go') && tree.isFile(posix.join(dir, name)));
  if (goFile === undefined) return;
  throw new Error(`"${dir}" holds Go code already (${goFile}). Choose another path.`);
}

/**
 * @throws Error when a file that a generator would write is there already.
 */
export function refuseFile(tree: Tree, file: string): void {
  if (!tree.exists(file)) return;
  throw new Error(`"${file}" exists already. Move it away, or choose another path.`);
}

/** As Nx does: npm and its like run a script in the package's directory, and keep the user's in INIT_CWD. */
function calledIn(tree: Tree): string {
  const initial = process.env['INIT_CWD'];
  const cwd = initial?.startsWith(tree.root) ? initial : process.cwd();
  return isInside(tree.root, cwd) ? cwd : tree.root;
}

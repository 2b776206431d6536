import { posix } from 'node:path';

import type { GoModule } from './go-modules.js';
import type { OldProject } from './old-projects.js';
import type { Peer } from './peer.js';
import { withTokens } from './tokens.js';

/**
 * Directories of the main packages that a build makes, from the workspace root.
 *
 * @param main the option: a file, a directory, a pattern (`./...`) or an import path. A path is seen from where the
 *   peer runs; where nothing is there, from the project's or the workspace's root, if that leads into the project.
 */
export function mainsOf(
  main: unknown,
  { root }: OldProject,
  peer: Peer,
  modules: readonly GoModule[],
): readonly string[] {
  const mains = modules.flatMap((module) => module.mains.map((dir) => ({ dir: posix.join(module.dir, dir), module })));
  const text = withTokens(String(main ?? peer.defaultMain), root);
  const [, path = '', pattern] = /^(.*?)(\/?\.\.\.)?$/.exec(text) ?? [];
  const isInside = (dir: string) => isIn(root, dir);
  /** A pattern ends at the borders of its module. */
  const select = (dir: string) => {
    const holder = modules.findLast((module) => isIn(module.dir, dir));
    const found = mains.filter((one) => (pattern ? isIn(dir, one.dir) && one.module === holder : one.dir === dir));
    return found.map((one) => one.dir);
  };
  const imported = importedDir(path, modules);
  const directory = path.endsWith('.go') ? posix.dirname(path) : path;
  const bases = peer.buildsIn === 'project' ? [root, '.'] : ['.', root];
  const [first = '', second = ''] = bases.map((base) => withoutSlash(posix.join(base, directory)));
  const candidates = [first, ...(isInside(second) ? [second] : []), ...(imported === undefined ? [] : [imported])];
  return candidates.map(select).find((found) => found.length > 0) ?? [];
}

/** The directory of an import path in the workspace's modules; of nested ones the innermost. */
function importedDir(path: string, modules: readonly GoModule[]): string | undefined {
  const holders = modules.filter((module) => path === module.path || path.startsWith(`${module.path}/`));
  const [module] = holders.sort((a, b) => b.path.length - a.path.length);
  return module && posix.join(module.dir, path.slice(module.path.length + 1));
}

/** Whether a directory is another or lies below it; both from the workspace root. */
export function isIn(root: string, dir: string): boolean {
  return root === '.' || dir === root || dir.startsWith(`${root}/`);
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

import type { Tree } from '@nx/devkit';

import { ask } from './ask.js';
import { directoryAbove, moduleAbove, type GoModule } from './modules.js';
import { makeModule } from './new-module.js';

/**
 * The module that a new package lands in: the one its directory belongs to. Where it belongs to none, one is made:
 * in the package's own directory where there is a go.work that joins modules, else at the workspace's root. Its path is
 * the given one, or asked for where somebody can answer.
 *
 * @throws Error without a path to make a module with, and for a path other than that of the module that is there.
 */
export async function landingModule(tree: Tree, dir: string, path: string | undefined): Promise<GoModule> {
  const existing = moduleAbove(tree, dir);
  if (existing) {
    if (path === undefined || path === existing.path) return existing;
    throw new Error(
      `"${dir}" belongs to the module ${existing.path}. Leave --module out, or make a module of its own first: ` +
        `nx generate nx-gopher:module ${dir} --module-path=${path}`,
    );
  }
  const moduleDir = directoryAbove(tree, dir, 'go.work') === undefined ? '.' : dir;
  const answer = path ?? (await ask(`Path of a new Go module in ${moduleDir} (e.g. example.com/shop)`));
  if (answer === undefined) {
    throw new Error(
      `"${dir}" belongs to no Go module. Pass --module=<module path> to make one in "${moduleDir}", ` +
        `or make one with: nx generate nx-gopher:module`,
    );
  }
  return makeModule(tree, { dir: moduleDir, path: answer });
}

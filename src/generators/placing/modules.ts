import { posix } from 'node:path';

import { globAsync, type Tree } from '@nx/devkit';

import { parseModFile } from '../../go/modules/mod-file.js';
import { nearestDir } from '../../paths.js';
import { isGoDirectory } from '../../workspace/discover.js';

/** A module of the workspace, with the changes a generator has made to it so far. */
export interface GoModule {
  /** From the workspace root with forward slashes, `.` for the root. */
  readonly dir: string;
  readonly path: string;
  /** Its `go` directive; empty when it has none. */
  readonly goVersion: string;
}

/**
 * The module that a directory belongs to: that of the nearest go.mod at or above it, within the workspace.
 *
 * @throws Error for a go.mod without a module line.
 */
export function moduleAbove(tree: Tree, dir: string): GoModule | undefined {
  const moduleDir = directoryAbove(tree, dir, 'go.mod');
  return moduleDir === undefined ? undefined : readModule(tree, moduleDir);
}

/** The nearest directory at or above `dir`, within the workspace, that holds a file of this name. */
export function directoryAbove(tree: Tree, dir: string, name: string): string | undefined {
  return nearestDir(dir, (above) => tree.exists(posix.join(above, name)));
}

/**
 * All modules of the workspace, sorted by directory; what git and .nxignore ignore is left out, and what go leaves out.
 */
export async function workspaceModules(tree: Tree): Promise<GoModule[]> {
  const dirs = await directoriesWith(tree, 'go.mod');
  return dirs.map((dir) => readModule(tree, dir));
}

/** The directories that hold a manifest (`go.mod`, `go.work`), sorted. */
export async function directoriesWith(tree: Tree, manifest: string): Promise<string[]> {
  const files = await globAsync(tree, [`**/${manifest}`]);
  return files
    .filter((file) => tree.exists(file))
    .map((file) => posix.dirname(file))
    .filter(isGoDirectory)
    .sort();
}

/** The import path of the package in a directory of the module. */
export function importPathOf(module: GoModule, dir: string): string {
  return posix.join(module.path, posix.relative(module.dir, dir));
}

function readModule(tree: Tree, dir: string): GoModule {
  const file = posix.join(dir, 'go.mod');
  const directives = parseModFile(tree.read(file, 'utf-8') ?? '');
  const first = (verb: string): string | undefined => directives.find((directive) => directive.verb === verb)?.args[0];
  const path = first('module');
  if (path === undefined) throw new Error(`${file} has no module line. Add one, e.g. \`module example.com/shop\`.`);
  return { dir, path, goVersion: first('go') ?? '' };
}

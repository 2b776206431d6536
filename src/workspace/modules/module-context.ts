import { dirname, join, resolve } from 'node:path';

import { isFile } from '../../files.js';
import { usesOf } from '../../go/modules/mod-file.js';
import { fromRoot, isInside, nearestDir } from '../../paths.js';
import { Manifests } from './manifests.js';

/**
 * How the go command is run for a module: in which directory, and under which GOWORK. Modules with equal contexts are
 * loaded, built and tested together by one go process.
 */
export interface ModuleContext {
  /** Directory of the module's go.mod, absolute. */
  readonly moduleDir: string;
  /** Directory to run go in, absolute: that of the go.work in force, else the module's. */
  readonly cwd: string;
  /** The go.work in force, absolute; undefined when the module stands alone. */
  readonly workFile: string | undefined;
  /** What to lay over the environment: GOWORK, `off` for a module that no go.work uses. */
  readonly env: Readonly<Record<'GOWORK', string>>;
}

/**
 * The nearest directory at or above `dir`, and not above `workspaceRoot`, that holds a go.mod.
 * Both paths absolute.
 */
export function findModuleDir(workspaceRoot: string, dir: string): string | undefined {
  return findUp(workspaceRoot, dir, (above) => isFile(join(workspaceRoot, above, 'go.mod')));
}

/**
 * The context of the module in `moduleDir`. A go.work counts only when it lies inside the workspace and uses the
 * module; GOWORK in the environment (`off`, or a file) is obeyed. A module that no go.work uses runs with GOWORK=off:
 * the go command would refuse its packages otherwise.
 */
export function moduleContext(
  workspaceRoot: string,
  moduleDir: string,
  env: NodeJS.ProcessEnv = process.env,
  manifests = new Manifests(workspaceRoot),
): ModuleContext {
  const workFile = workFileInForce(moduleDir, env['GOWORK'], manifests);
  if (!workFile) return { moduleDir, cwd: moduleDir, workFile: undefined, env: { GOWORK: 'off' } };
  return { moduleDir, cwd: dirname(workFile), workFile, env: { GOWORK: workFile } };
}

/** The directories that a go.work uses, absolute. */
export function usedDirectories(workFile: string, manifests: Manifests): string[] {
  return usesOf(manifests.at(workFile).directives).map((use) => resolve(dirname(workFile), use));
}

function workFileInForce(moduleDir: string, gowork: string | undefined, manifests: Manifests): string | undefined {
  if (gowork === 'off') return undefined;
  const { root } = manifests;
  const dir = gowork ? undefined : findUp(root, moduleDir, (above) => manifests.at(join(above, 'go.work')).exists);
  const workFile = gowork ? resolve(root, gowork) : dir && join(dir, 'go.work');
  if (!workFile || !manifests.at(workFile).exists) return undefined;
  return usedDirectories(workFile, manifests).includes(resolve(moduleDir)) ? workFile : undefined;
}

function findUp(workspaceRoot: string, dir: string, holds: (above: string) => boolean): string | undefined {
  if (!isInside(workspaceRoot, dir)) return undefined;
  const found = nearestDir(fromRoot(workspaceRoot, dir), holds);
  return found === undefined ? undefined : resolve(workspaceRoot, found);
}

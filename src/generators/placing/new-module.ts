import { posix } from 'node:path';

import type { Tree } from '@nx/devkit';

import { findGo } from '../../go/process/command.js';
import { compareGoVersions, highestGoVersion, isGoVersion } from '../../go/modules/go-version.js';
import { modulePathError } from '../../go/modules/import-path.js';
import { directoryAbove, moduleAbove, workspaceModules, type GoModule } from './modules.js';
import { editWorkFile, readWorkFile } from './work-file.js';

export interface NewModule {
  readonly dir: string;
  readonly path: string;
  /** Its `go` directive; by default as the workspace has it. */
  readonly goVersion?: string | undefined;
  /** Whether to make a go.work at the workspace's root, which uses all modules, where there is none. */
  readonly goWork?: boolean | undefined;
}

/**
 * Makes a module: its go.mod, and a `use` line in the go.work at or above it.
 *
 * @throws Error for a path that cannot be one, a path that another module has, and a directory that is a module.
 */
export async function makeModule(tree: Tree, { dir, path, goVersion, goWork }: NewModule): Promise<GoModule> {
  const modules = await workspaceModules(tree);
  check(dir, path, modules);
  const workDir = directoryAbove(tree, dir, 'go.work');
  const module = { dir, path, goVersion: goVersion ?? (await defaultGoVersion(tree, workDir, modules)) };
  if (!isGoVersion(module.goVersion)) {
    throw new Error(`"${module.goVersion}" is no Go version. Write it as in go.mod, e.g. 1.26 or 1.26.0.`);
  }
  if (workDir !== undefined) refuseNewer(tree, workDir, module, goVersion);
  tree.write(posix.join(dir, 'go.mod'), `module ${path}\n\ngo ${module.goVersion}\n`);
  if (workDir !== undefined) await editWorkFile(tree, workDir, [module]);
  else if (goWork) await makeGoWork(tree);
  return module;
}

/** Makes a go.work at the workspace's root that uses all its modules; none yet will do. */
export async function makeGoWork(tree: Tree): Promise<void> {
  const modules = await workspaceModules(tree);
  if (modules.length === 0) tree.write('go.work', `go ${await defaultGoVersion(tree, undefined, modules)}\n`);
  else await editWorkFile(tree, '.', modules);
}

/**
 * The path that a new module would have by the workspace's own habit: below the module that its directory belongs to
 * so far, or next to another one whose path ends like its directory. Undefined where there is no habit.
 */
export async function habitualModulePath(tree: Tree, dir: string): Promise<string | undefined> {
  const above = moduleAbove(tree, dir);
  if (above) return posix.join(above.path, posix.relative(above.dir, dir));
  for (const module of await workspaceModules(tree)) {
    if (module.path.endsWith(`/${module.dir}`)) return module.path.slice(0, -module.dir.length) + dir;
  }
  return undefined;
}

function check(dir: string, path: string, modules: readonly GoModule[]): void {
  const error = modulePathError(path);
  if (error !== undefined) throw new Error(`"${path}" cannot be a module path: it ${error}.`);
  for (const module of modules) {
    if (module.dir === dir) throw new Error(`"${dir}" is the module ${module.path} already. Choose another directory.`);
    if (module.path === path) {
      throw new Error(`The module in "${module.dir}" is called ${path} already. Choose another module path.`);
    }
  }
}

/** The `go` line of the go.work, else the highest of the modules', else the one of the installed Go. */
async function defaultGoVersion(
  tree: Tree,
  workDir: string | undefined,
  modules: readonly GoModule[],
): Promise<string> {
  const ofWork = workDir === undefined ? '' : readWorkFile(tree, workDir).goVersion;
  const highest = highestGoVersion(modules.map((module) => module.goVersion).filter(isGoVersion));
  return ofWork || highest || firstOfMinor((await findGo(tree.root)).version);
}

/** Of `go1.26.8`, `1.26.0`: who has another patch release of the same Go can work on the module too. */
function firstOfMinor(version: string): string {
  return `${/\d+\.\d+/.exec(version)?.[0] ?? version}.0`;
}

/** The user's own choice must not raise the go.work for all other modules on the side. */
function refuseNewer(tree: Tree, workDir: string, module: GoModule, chosen: string | undefined): void {
  const { file, goVersion } = readWorkFile(tree, workDir);
  if (chosen === undefined || compareGoVersions(chosen, goVersion) <= 0) return;
  throw new Error(
    `${file} is for Go ${goVersion || '1.18'}, and the module in "${module.dir}" would be for Go ${chosen}. ` +
      `Raise its go line first (\`go work edit -go=${chosen} ${file}\`), or choose a lower version.`,
  );
}

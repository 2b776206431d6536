import type { Tree } from '@nx/devkit';

import { ask } from '../placing/ask.js';
import { directoryFor } from '../placing/directory.js';
import { habitualModulePath, makeModule } from '../placing/new-module.js';
import type { ModuleGeneratorSchema } from './schema.js';

/** Makes a module: a go.mod, and its `use` line where there is a go.work. */
export async function moduleGenerator(tree: Tree, options: ModuleGeneratorSchema): Promise<void> {
  const dir = directoryFor(tree, options.path);
  const habitual = options.modulePath ?? (await habitualModulePath(tree, dir));
  const path = habitual ?? (await ask(`Module path of ${dir} (e.g. example.com/shop)`));
  if (path === undefined) {
    throw new Error(
      `The path of the module in "${dir}" does not follow from other modules. Pass --module-path, e.g. example.com/shop.`,
    );
  }
  await makeModule(tree, { dir, path, goVersion: goVersionOf(options), goWork: options.goWork });
}

export default moduleGenerator;

/**
 * The version as go.mod holds it. Nx makes a number of `--go-version=1.30`, which then reads 1.3; no module is for a Go
 * as old as that.
 */
function goVersionOf({ goVersion }: ModuleGeneratorSchema): string | undefined {
  if (typeof goVersion !== 'number') return goVersion;
  return Number.isInteger(goVersion * 10) ? goVersion.toFixed(2) : String(goVersion);
}

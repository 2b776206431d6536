import { posix } from 'node:path';

import type { ModuleGroup } from '../workspace/workspace.js';
import { vendorDir } from './external-modules.js';
import { workspacePrefix } from './joined-file-sets.js';

/**
 * The file sets of an import without a package: the directory where it would be, and the go.mod files that could take
 * it away. Otherwise a package deleted while still imported would be a change that reaches no task.
 */
export function missingImportFileSets(importPath: string, group: ModuleGroup): string[] {
  const fileSets = group.vendor ? [`{workspaceRoot}/${vendorDir(group)}/${importPath}/*`] : [];
  for (const { dir, module } of missingImportDirs(importPath, group)) {
    fileSets.push(`${workspacePrefix(dir)}/*.go`);
    for (let parent = dir; parent !== module.dir; parent = posix.dirname(parent)) {
      fileSets.push(`${workspacePrefix(parent)}/go.mod`);
    }
  }
  return fileSets;
}

/** The directories of the workspace where the package of an import without one would be. */
export function missingImportDirs(importPath: string, group: ModuleGroup): { dir: string; module: { dir: string } }[] {
  return [...group.modules, ...group.replacements]
    .filter(({ path }) => importPath === path || importPath.startsWith(`${path}/`))
    .map((module) => ({ dir: posix.join(module.dir, importPath.slice(module.path.length + 1)), module }));
}

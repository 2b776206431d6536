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
  for (const module of [...group.modules, ...group.replacements]) {
    if (importPath !== module.path && !importPath.startsWith(`${module.path}/`)) continue;
    const dir = posix.join(module.dir, importPath.slice(module.path.length + 1));
    fileSets.push(`${workspacePrefix(dir)}/*.go`);
    for (let parent = dir; parent !== module.dir; parent = posix.dirname(parent)) {
      fileSets.push(`${workspacePrefix(parent)}/go.mod`);
    }
  }
  return fileSets;
}

import { posix } from 'node:path';

import type { LoadedWorkspace } from '../load.js';
import type { ModuleGroup } from '../workspace.js';

/** The packages of the `tool` lines of a group's go.mod files. */
export function toolsOf({ manifests }: Pick<LoadedWorkspace, 'manifests'>, { modules }: ModuleGroup): string[] {
  const directives = modules.flatMap(({ dir }) => manifests.at(posix.join(dir, 'go.mod')).directives);
  return directives.flatMap(({ verb, args: [path] }) => (verb === 'tool' && path !== undefined ? [path] : []));
}

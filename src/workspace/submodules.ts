import { join } from 'node:path';

import { textOf } from '../files.js';

/**
 * The directories in which .gitmodules places submodules, relative to the workspace root. Git tells of a change in one
 * by its directory alone, whatever changed there.
 */
export function submoduleDirs(workspaceRoot: string): string[] {
  const lines = (textOf(join(workspaceRoot, '.gitmodules')) ?? '').split(/\r?\n/);
  const paths = lines.flatMap((line) => /^\s*path\s*=\s*(.*?)\s*$/.exec(line)?.[1] ?? []);
  return paths.map((path) => path.replace(/^"(.*)"$/, '$1').replace(/\/$/, '')).sort();
}

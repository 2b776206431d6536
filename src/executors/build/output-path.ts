import { resolve } from 'node:path';

import { executableName } from '../../go/executable-name.js';
import type { ReadyTask } from '../task.js';
import type { BuildExecutorOptions } from './schema.js';

/** Build modes whose product is a program: only these get `.exe`. */
const PROGRAM_MODES = new Set(['', 'default', 'exe', 'pie']);

/** Whether the target makes a program rather than a library of some kind. */
export function makesProgram(options: BuildExecutorOptions): boolean {
  return PROGRAM_MODES.has(options.buildmode ?? '');
}

/** Where a target's binary goes, absolute; `.exe` is added on Windows. */
export function outputPath(task: ReadyTask<BuildExecutorOptions>, workspaceRoot: string): string {
  const { root, options, packages, buildConfiguration } = task;
  const name = executableName(root === '.' ? (packages[0]?.importPath ?? 'main') : root);
  const path = resolve(workspaceRoot, options.outputPath ?? (root === '.' ? `dist/${name}` : `dist/${root}/${name}`));
  const exe = buildConfiguration.goos === 'windows' && makesProgram(options) && !/\.exe$/i.test(path);
  return exe ? `${path}.exe` : path;
}

import { resolve } from 'node:path';

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
  const name = root === '.' ? executableName(packages[0]?.importPath ?? 'main') : (root.split('/').at(-1) ?? root);
  const path = resolve(workspaceRoot, options.outputPath ?? (root === '.' ? `dist/${name}` : `dist/${root}/${name}`));
  const exe = buildConfiguration.goos === 'windows' && makesProgram(options) && !/\.exe$/i.test(path);
  return exe ? `${path}.exe` : path;
}

/** The name that go gives a package's binary: the last element of its import path, of `x/v2` the one before. */
export function executableName(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? importPath;
  // As go's isVersionElement: v2 and up, no leading zero.
  const isVersion = elements.length > 1 && /^v([2-9]|[1-9]\d+)$/.test(last);
  return isVersion ? (elements.at(-2) ?? last) : last;
}

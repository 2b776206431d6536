import { resolve } from 'node:path';

import { makesProgram } from '../../go/binaries/build-mode.js';
import { executableName } from '../../go/binaries/executable-name.js';
import type { ReadyTask } from '../task/task.js';
import type { BuildExecutorOptions } from './schema.js';

/** Where a target's binary goes, absolute; `.exe` is added on Windows. */
export function outputPath(task: ReadyTask<BuildExecutorOptions>, workspaceRoot: string): string {
  const { root, options, packages, buildConfiguration } = task;
  const name = executableName(root === '.' ? (packages[0]?.importPath ?? 'main') : root);
  const path = resolve(workspaceRoot, options.outputPath ?? (root === '.' ? `dist/${name}` : `dist/${root}/${name}`));
  const exe = buildConfiguration.goos === 'windows' && makesProgram(options.buildmode) && !/\.exe$/i.test(path);
  return exe ? `${path}.exe` : path;
}

import { join } from 'node:path';

import { cobertura } from '../../coverage/cobertura.js';
import { lcov, type CoveredFiles } from '../../coverage/lcov.js';
import type { Profile } from '../../coverage/profile.js';
import { runGo } from '../../go/process/command.js';
import { findModuleDir, moduleContext } from '../../workspace/modules/module-context.js';
import { writeWhole } from '../../write-whole.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { CoverageExecutorOptions } from './schema.js';

/** What is written, and where: `folder` is absolute. */
export interface Coverage {
  readonly profile: Profile;
  readonly files: CoveredFiles;
  readonly folder: string;
}

/**
 * Writes a merged profile in all formats that are asked for.
 *
 * @param dir absolute directory of the module or go.work.
 * @throws TaskError when go cannot make the page.
 */
export async function writeReports(
  formats: NonNullable<CoverageExecutorOptions['formats']>,
  { profile, files, folder }: Coverage,
  session: GoSession,
  dir: string,
): Promise<void> {
  const text = join(folder, 'coverage.out');
  if (formats.includes('text') || formats.includes('html')) await writeWhole(text, profile.text());
  if (formats.includes('lcov')) await writeWhole(join(folder, 'lcov.info'), lcov(files));
  if (formats.includes('cobertura')) await writeWhole(join(folder, 'cobertura.xml'), cobertura(files));
  if (!formats.includes('html')) return;
  const moduleDir = findModuleDir(session.workspaceRoot, dir);
  const { cwd, env } = moduleDir ? moduleContext(session.workspaceRoot, moduleDir) : { cwd: dir, env: { GOWORK: '' } };
  const args = ['tool', 'cover', `-html=${text}`, `-o=${join(folder, 'coverage.html')}`];
  const { exitCode, stderr, stdout } = await runGo(await session.go(), args, { cwd, env });
  if (exitCode !== 0) throw new TaskError(`go tool cover cannot make the page: ${(stderr || stdout).trim()}`);
}

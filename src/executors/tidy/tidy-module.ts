import { relative, resolve } from 'node:path';

import { runGoGroup } from '../../go/process/process-group.js';
import { toPosix } from '../../paths.js';
import { findModuleDir, moduleContext } from '../../workspace/modules/module-context.js';
import { splitWords } from '../../go/configuration/words.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../task/session.js';
import type { Outcome } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';
import type { TidyExecutorOptions } from './schema.js';

/**
 * Brings go.mod and go.sum of the module at `root` in line with its sources, or with `check` fails with what would
 * change. Go tidies each module for itself, whatever go.work says, so it runs in the module's own directory.
 */
export async function tidyModule(root: string, options: TidyExecutorOptions, session: GoSession): Promise<Outcome> {
  const wrong = wrongOptions('tidy', options);
  if (wrong) return { success: false, text: wrong };
  const { workspaceRoot } = session;
  const moduleDir = findModuleDir(workspaceRoot, resolve(workspaceRoot, root));
  if (!moduleDir) return { success: false, text: `No go.mod was found in ${root} or above it.\n` };
  const { check, compat, verbose, env } = options;
  const args = [
    'mod',
    'tidy',
    ...(check ? ['-diff'] : []),
    ...(verbose ? ['-v'] : []),
    ...(compat ? [`-compat=${compat}`] : []),
    ...splitWords(options.args),
  ];
  try {
    const where = { cwd: moduleDir, env: { ...env, ...moduleContext(workspaceRoot, moduleDir).env } };
    let text = '';
    const result = await runGoGroup(await session.go(), args, where, (line) => (text += `${line}\n`));
    const success = result.exitCode === 0;
    const untidy = check && !success && text !== '';
    const shown = toPosix(relative(workspaceRoot, moduleDir)) || '.';
    const hint = untidy ? `The module in ${shown} is not tidy: run \`go mod tidy\` there, or its tidy target.\n` : '';
    return { success, text: pathsFromWorkspaceRoot(result.stderr, moduleDir, workspaceRoot) + text + hint };
  } catch (error) {
    return { success: false, text: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

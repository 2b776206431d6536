import { relative, resolve } from 'node:path';

import { messageOf } from '../../message-of.js';
import { targetFacts } from '../../facts/target-facts.js';
import { runGoGroup } from '../../go/process/process-group.js';
import { toPosix } from '../../paths.js';
import { findModuleDir, moduleContext } from '../../workspace/modules/module-context.js';
import { splitWords } from '../../go/configuration/words.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../task/session.js';
import { filledTask } from '../task/filled-task.js';
import { TaskError } from '../task/task-error.js';
import type { GoTask, Outcome } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';
import type { TidyExecutorOptions } from './schema.js';

/** A task that tidies a module. */
export type TidyTask = Pick<GoTask, 'id' | 'root' | 'dotenv' | 'targetConfiguration'> & {
  readonly options: TidyExecutorOptions;
};

/**
 * Brings go.mod and go.sum of the task's module in line with its sources, or with `check` fails with what would change.
 * Go tidies each module for itself, whatever go.work says, so it runs in the module's own directory.
 */
export async function tidyModule(task: TidyTask, session: GoSession): Promise<Outcome> {
  try {
    return await tidy(task, session);
  } catch (error) {
    return { success: false, text: `${messageOf(error).trimEnd()}\n` };
  }
}

async function tidy(task: TidyTask, session: GoSession): Promise<Outcome> {
  const { clash } = targetFacts(task.targetConfiguration) ?? {};
  if (clash) throw new TaskError(`nx-gopher does not run ${task.id}: ${clash}`);
  const wrong = wrongOptions('tidy', task.options);
  if (wrong) throw new TaskError(wrong);
  const options = filledTask(task);
  const { workspaceRoot } = session;
  const moduleDir = findModuleDir(workspaceRoot, resolve(workspaceRoot, task.root));
  if (!moduleDir) throw new TaskError(`No go.mod was found in ${task.root} or above it.`);
  const { check, compat, verbose, env } = options;
  const args = [
    'mod',
    'tidy',
    ...(check ? ['-diff'] : []),
    ...(verbose ? ['-v'] : []),
    ...(compat ? [`-compat=${compat}`] : []),
    ...splitWords(options.args),
  ];
  const where = { cwd: moduleDir, env: { ...task.dotenv, ...env, ...moduleContext(workspaceRoot, moduleDir).env } };
  let text = '';
  const result = await runGoGroup(await session.go(), args, where, (line) => (text += `${line}\n`));
  const success = result.exitCode === 0;
  const untidy = check && !success && text !== '';
  const shown = toPosix(relative(workspaceRoot, moduleDir)) || '.';
  const hint = untidy ? `The module in ${shown} is not tidy: run \`go mod tidy\` there, or its tidy target.\n` : '';
  return { success, text: pathsFromWorkspaceRoot(result.stderr, moduleDir, workspaceRoot) + text + hint };
}

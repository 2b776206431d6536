import { targetFacts } from '../../facts/target-facts.js';
import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import { splitWords } from '../../go/configuration/words.js';
import { runGoGroup } from '../../go/process/process-group.js';
import { jobForEach } from '../batch/job-for-each.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import { taskEnvironment, type GoSession } from '../task/session.js';
import type { Outcome, ReadyTask } from '../task/task.js';
import type { GenerateExecutorOptions } from './schema.js';

type GenerateTask = ReadyTask<GenerateExecutorOptions>;

/** Runs the generators of the tasks, a process for each: what go generate prints names no package. */
export const generateTasks = jobForEach<GenerateExecutorOptions>(generate);

async function generate(task: GenerateTask, session: GoSession): Promise<Outcome> {
  const { cwd } = task.module;
  const { exitCode, text } = await runGenerators(task, session, { cwd, env: taskEnvironment(task) });
  return {
    success: exitCode === 0,
    text: pathsFromWorkspaceRoot(text, cwd, session.workspaceRoot) + notCached(task),
  };
}

/** Runs `go generate` for the packages of a task, in the workspace or in a copy of it. */
export async function runGenerators(
  { options, packages }: GenerateTask,
  session: GoSession,
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly exitCode: number; readonly text: string }> {
  const patterns = packages.map(({ pattern }) => pattern);
  const flags = [...(options.verbose ? ['-v'] : []), ...splitWords(options.args), ...buildConfigurationFlags(options)];
  let stdout = '';
  const onLine = (line: string): void => void (stdout += `${line}\n`);
  const { exitCode, stderr } = await runGoGroup(await session.go(), ['generate', ...flags, ...patterns], where, onLine);
  return { exitCode, text: stderr + stdout };
}

/** Why a task is not cached, for the terminal. */
export function notCached({ id, targetConfiguration }: GenerateTask): string {
  const reasons = targetFacts(targetConfiguration)?.uncacheable ?? [];
  return reasons.length > 0 ? `${id} is not cached: ${reasons.join('; ')}.\n` : '';
}

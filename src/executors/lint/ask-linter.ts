import { join } from 'node:path';

import { splitTags } from '../../go/configuration/build-configuration.js';
import { splitWords } from '../../go/configuration/words.js';
import type { Finding, LinterAnswer, LinterRun } from '../../go/linting/finding.js';
import { runGolangci } from '../../go/linting/golangci.js';
import { LINTERS, linterOf } from '../../go/linting/linters.js';
import { runStaticcheck } from '../../go/linting/staticcheck.js';
import { findTool, howToGet, type Tool, type Where } from '../../go/process/find-tool.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { packagePattern } from '../../paths.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { ReadyTask } from '../task/task.js';
import { linterFacts } from './linter-groups.js';
import type { LintExecutorOptions } from './schema.js';

type LintTask = ReadyTask<LintExecutorOptions>;

/**
 * What a linter says of the packages of tasks that share a group: a process for each of their configurations.
 *
 * @throws TaskError when the linter is not there.
 */
export async function askLinter(
  tasks: readonly LintTask[],
  { env }: Pick<TaskGroup<LintExecutorOptions>, 'env'>,
  session: GoSession,
): Promise<LinterAnswer> {
  const [first] = tasks;
  const tool = first && linterOf(first.options);
  if (!tool) return { findings: [] };
  // In the module's directory, where the tool finds the version of the language.
  const where = { cwd: first.module.moduleDir, env: { ...ownCache(session.workspaceRoot), ...env } };
  const path = await toolPath(tool, where, session);
  const { tags, args } = first.options;
  const run = (dirs: readonly string[]): LinterRun => ({
    ...where,
    tool: path,
    patterns: dirs.map((dir) => packagePattern(where.cwd, join(session.workspaceRoot, dir))),
    tags: tags === undefined ? undefined : splitTags(tags),
    args: splitWords(args),
  });
  const findings: Finding[] = [];
  for (const [file, dirs] of dirsByConfiguration(tasks)) {
    const answer =
      tool === LINTERS['golangci-lint']
        ? await runGolangci({
            ...run(dirs),
            configuration: file === undefined ? undefined : join(session.workspaceRoot, file),
            fix: first.executor === 'lint-fix',
            freshCache: tasks.some((task) => linterFacts(task).readsFiles),
          })
        : await runStaticcheck(run(dirs));
    // What the compiler says of a package is one text, with places of its own.
    const told = (text: string): string => pathsFromWorkspaceRoot(text, where.cwd, session.workspaceRoot);
    findings.push(...answer.findings.map((finding) => ({ ...finding, text: told(finding.text) })));
    if (answer.failure !== undefined) return { findings, failure: answer.failure };
  }
  return { findings };
}

/** Finds the program once for a session. @throws TaskError when it is not there. */
export async function toolPath(tool: Tool, where: Where, session: GoSession): Promise<string> {
  const go = await session.go();
  const path = await session.once(JSON.stringify([tool.command, where]), () => findTool(go, tool, where));
  if (path !== undefined) return path;
  throw new TaskError(`${tool.command} is not there. ${howToGet(tool)}\n`);
}

/** By configuration file: the directories of the tasks' packages for which it counts. */
export function dirsByConfiguration(
  tasks: readonly Pick<ReadyTask, 'id' | 'targetConfiguration'>[],
): Map<string | undefined, string[]> {
  const dirs = new Map<string | undefined, string[]>();
  for (const { file, dirs: own } of tasks.flatMap((task) => linterFacts(task).configurations))
    dirs.set(file, [...(dirs.get(file) ?? []), ...own]);
  return dirs;
}

/** Its keys hold paths of the machine, and findings of one checkout must not come up in another one. */
function ownCache(workspaceRoot: string): Record<string, string> {
  return process.env['GOLANGCI_LINT_CACHE'] === undefined
    ? { GOLANGCI_LINT_CACHE: join(workspaceDataFolder(workspaceRoot), 'golangci-lint') }
    : {};
}

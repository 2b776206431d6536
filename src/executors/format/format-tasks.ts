import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { counted } from '../../counted.js';
import { isFile } from '../../files.js';
import { runFormatter, type FormatterAnswer } from '../../go/linting/formatters.js';
import { configurationFlag } from '../../go/linting/golangci.js';
import { LINTERS } from '../../go/linting/linters.js';
import { splitCommandLine } from '../../go/process/command-line.js';
import { fromRoot } from '../../paths.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import { dirsByConfiguration, toolPath } from '../lint/ask-linter.js';
import { linterGroups } from '../lint/linter-groups.js';
import type { GoSession } from '../task/session.js';
import type { Outcome, ReadyTask, Report } from '../task/task.js';
import type { FormatExecutorOptions } from './schema.js';

type FormatTask = ReadyTask<FormatExecutorOptions>;
type Group = TaskGroup<FormatExecutorOptions>;

/** Formats packages, or checks them: one process of gofmt or golangci-lint for all that agree in configuration. */
export const formatTasks: PlanTasks<FormatExecutorOptions> = async (tasks, session, report) =>
  linterGroups(tasks, ({ executor }) => [executor]).map((group): Job => {
    const name = `format: ${counted(group.tasks.length, 'package')}`;
    return {
      tasks: group.tasks,
      run: () => session.activity.during(name, () => formatGroup(group, session, report)),
    };
  });

async function formatGroup(group: Group, session: GoSession, report: Report): Promise<void> {
  const answers: FormatterAnswer[] = [];
  for (const [file, dirs] of dirsByConfiguration(group.tasks))
    answers.push(...(await format(group, file, dirs, session)));
  for (const task of group.tasks) report(task.id, outcomeOf(task, answers, session.workspaceRoot));
}

/** Formats what a configuration counts for, or all by gofmt where there is none. */
async function format(
  { tasks: [first], env }: Group,
  file: string | undefined,
  dirs: readonly string[],
  session: GoSession,
): Promise<FormatterAnswer[]> {
  if (!first) return [];
  const { workspaceRoot } = session;
  const checks = first.executor === 'format-check';
  const where = { cwd: first.module.moduleDir, env };
  const configuration = file === undefined ? undefined : join(workspaceRoot, file);
  const tool =
    configuration === undefined
      ? join(await session.goSetting(first, 'GOROOT'), 'bin', process.platform === 'win32' ? 'gofmt.exe' : 'gofmt')
      : await toolPath(LINTERS['golangci-lint'], where, session);
  const args =
    configuration === undefined
      ? [checks ? '-d' : '-w']
      : ['fmt', configurationFlag({ configuration }), ...(checks ? ['--diff'] : [])];
  const files = dirs.flatMap((dir) => goFiles(join(workspaceRoot, dir)));
  const names = files.map((path) => fromRoot(where.cwd, path));
  const answers: FormatterAnswer[] = [];
  for (const part of splitCommandLine(names, (name) => [name], args))
    answers.push(await runFormatter({ ...where, tool, args, files: part }));
  return answers;
}

/** As gofmt takes them of a directory. */
function goFiles(dir: string): string[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.go') && !name.startsWith('.'));
  return names.map((name) => join(dir, name)).filter((path) => isFile(path));
}

function outcomeOf(task: FormatTask, answers: readonly FormatterAnswer[], workspaceRoot: string): Outcome {
  const dirs = task.packages.map(({ dir }) => dir);
  const own = answers.flatMap(({ byFile }) => [...byFile].filter(([file]) => dirs.includes(dirname(file))));
  const failures = answers.flatMap(({ failure }) => failure ?? []);
  const lines = own.map(([file, said]) => {
    const name = fromRoot(workspaceRoot, file);
    return said.startsWith('@@') ? `${name} is not formatted:\n${said}` : `${name} cannot be formatted:\n${said}`;
  });
  const text = [...lines, ...failures].join('');
  return { success: own.length === 0 && failures.length === 0, text };
}

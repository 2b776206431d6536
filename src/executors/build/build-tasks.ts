import { relative } from 'node:path';

import { messageOf } from '../../message-of.js';
import { makesProgram } from '../../go/binaries/build-mode.js';
import { executableName } from '../../go/binaries/executable-name.js';
import { toPosix } from '../../paths.js';
import { compileKey } from '../batch/compile-key.js';
import { groupTasks, type FlaggedTask, type TaskGroup } from '../batch/group-tasks.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import { blame } from '../batch/blame.js';
import type { GoSession } from '../task/session.js';
import type { Outcome, ReadyTask, Report } from '../task/task.js';
import { buildFlags } from './build-flags.js';
import { goBuild, type BuiltFile, type BuiltRound } from './go-build.js';
import { outputPath } from './output-path.js';
import { rounds } from './rounds.js';
import type { BuildExecutorOptions } from './schema.js';
import { place } from '../output/staging.js';

type BuildTask = ReadyTask<BuildExecutorOptions>;
type Round = TaskGroup<BuildExecutorOptions>;

/** Builds main packages: one `go build` for all that agree in directory, environment and flags. */
export const buildTasks: PlanTasks<BuildExecutorOptions> = async (tasks, session, report) => {
  const distinct = refuseSharedOutputs(tasks, session, report);
  const groups = groupTasks(await Promise.all(distinct.map((task) => flaggedTask(task, session))));
  const split = groups.map((group) =>
    rounds(group.tasks, (task) => executableName(task.packages[0]?.importPath ?? '')).map((round) => ({
      ...group,
      tasks: round,
    })),
  );
  // The later rounds find what they share with the first in go's build cache.
  const first = split.flatMap((group) => group.slice(0, 1));
  const later = split.flatMap((group) => group.slice(1));
  return [...first, ...later].map((round): Job => ({
    tasks: round.tasks,
    compiles: compileKey(round, round.tasks[0]?.options ?? {}, round.flags.includes('-trimpath')),
    run: (compiled) => buildRound(round, session, report, compiled),
  }));
};

/** Two tasks that write one file: the later binary would stay, and be cached for both. */
function refuseSharedOutputs(tasks: readonly BuildTask[], session: GoSession, report: Report): BuildTask[] {
  const writers = new Map<string, BuildTask[]>();
  for (const task of tasks) {
    const path = outputPath(task, session.workspaceRoot);
    writers.set(path, [...(writers.get(path) ?? []), task]);
  }
  return [...writers].flatMap(([path, sharing]) => {
    if (sharing.length === 1) return sharing;
    const shown = toPosix(relative(session.workspaceRoot, path));
    const text = `${sharing.map(({ id }) => id).join(' and ')} write the same file, ${shown}. Give them different outputPath options.\n`;
    for (const task of sharing) report(task.id, { success: false, text });
    return [];
  });
}

/** A task with the flags of its `go build`. */
export async function flaggedTask(task: BuildTask, session: GoSession): Promise<FlaggedTask<BuildExecutorOptions>> {
  const goflags = task.usesCgo ? await session.goflags(task) : undefined;
  // Libraries in C's formats come with a header file, named after the -o file: each gets a go process for itself.
  return {
    task,
    flags: buildFlags(task.options, session.workspaceRoot, goflags),
    alone: !makesProgram(task.options.buildmode),
  };
}

/**
 * Builds the mains of a round. A load error in one of them keeps go from building any: those without fault are built
 * again without it.
 */
async function buildRound(round: Round, session: GoSession, report: Report, compiled: () => void): Promise<void> {
  const early = new Set<BuildTask>();
  const built = await goBuild(round, session, {
    compiled,
    built: (task, files, startTime) => {
      early.add(task);
      report(task.id, timed(finish(task, files, session, ''), startTime));
    },
  });
  try {
    const left = round.tasks.filter((task) => !early.has(task));
    const again = settle(left, round, built, session, report);
    if (again.rest.length > 0) await buildRound({ ...round, tasks: again.rest }, session, report, compiled);
    for (const task of again.alone) await buildRound({ ...round, tasks: [task] }, session, report, compiled);
  } finally {
    built.remove();
  }
}

interface Again {
  /** Without fault and without a binary. */
  readonly rest: BuildTask[];
  /** At fault, with a message that go gave for another task's file. */
  readonly alone: BuildTask[];
}

function settle(
  tasks: readonly BuildTask[],
  round: Round,
  built: BuiltRound,
  session: GoSession,
  report: Report,
): Again {
  const again: Again = { rest: [], alone: [] };
  for (const task of tasks) {
    const { guilty, foreign, text } = built.closures
      ? blame(task, built.log, built.closures)
      : { guilty: built.failed, foreign: false, text: built.wholeText };
    if (guilty && foreign && round.tasks.length > 1) again.alone.push(task);
    else if (guilty) report(task.id, { success: false, text: built.shown(text || built.wholeText) });
    else if (built.made(task)) {
      const outcome = finish(task, built.filesOf(task), session, built.shown(text));
      report(task.id, timed(outcome, built.startTime(task)));
    } else if (built.failed) again.rest.push(task);
    else report(task.id, { success: false, text: noBinary(task, built.shown(text)) });
  }
  if (again.rest.length < round.tasks.length) return again;
  // Nobody was at fault and nobody has a binary: another run would say the same.
  for (const task of again.rest) report(task.id, { success: false, text: built.shown(built.wholeText) });
  return { rest: [], alone: [] };
}

/** An outcome with the time at which go began with the task itself, where it is known. */
function timed(outcome: Outcome, startTime: number | undefined): Outcome {
  return startTime === undefined ? outcome : { ...outcome, startTime };
}

function finish(
  task: BuildTask,
  files: readonly BuiltFile[],
  session: GoSession,
  text: string,
): { success: boolean; text: string } {
  const output = outputPath(task, session.workspaceRoot);
  try {
    for (const file of files) place(file.made, file.output);
    return { success: true, text };
  } catch (error) {
    const reason = messageOf(error);
    return {
      success: false,
      text: `${text}Could not write ${toPosix(relative(session.workspaceRoot, output))}: ${reason}\n`,
    };
  }
}

function noBinary(task: BuildTask, text: string): string {
  const { importPath = task.project } = task.packages[0] ?? {};
  return `${text}go build wrote no binary for ${importPath}: it is not a main package.\n`;
}

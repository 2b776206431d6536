import type { ExecutorContext, PromiseExecutor, TaskGraph } from '@nx/devkit';

import { dependencyIds } from '../task/related-tasks.js';
import { Sealing } from '../task/sealing.js';
import { GoSession } from '../task/session.js';
import { batchTasks, singleTask, type GoTargetOptions, type GoTask } from '../task/task.js';
import type { TargetKind } from '../../facts/target-kinds.js';
import { runTasks, type TaskEnd, type TaskKind } from './run-tasks.js';

/** A batch executor as Nx calls it: all results come from its iterator. */
export type BatchExecutor<Options> = (
  taskGraph: TaskGraph,
  options: Record<string, Options>,
  overrides: Options,
  context: ExecutorContext,
) => AsyncIterableIterator<TaskEnd>;

/** Makes the batch executor of a runner. Nx prints each result's text; nothing is printed here. */
export function batchExecutor<Options extends GoTargetOptions, Ready extends GoTask<Options>>(
  name: TargetKind,
  kind: TaskKind<Options, Ready>,
): BatchExecutor<Options> {
  return (taskGraph, options, _overrides, context) => {
    const tasks = batchTasks(name, taskGraph, options, context);
    return runTasks(tasks, dependencyIds(taskGraph), sessionOf(context), kind);
  };
}

/** Makes the single executor of a runner: a batch of one, printed as it ends. */
export function singleExecutor<Options extends GoTargetOptions, Ready extends GoTask<Options>>(
  name: TargetKind,
  kind: TaskKind<Options, Ready>,
): PromiseExecutor<Options> {
  return async (options, context) => {
    const task = singleTask(name, options, context);
    let success = true;
    for await (const { result } of runTasks([task], {}, sessionOf(context, ownHash(task)), kind)) {
      if (result.terminalOutput) process.stdout.write(result.terminalOutput);
      success &&= result.success;
    }
    return { success };
  };
}

function sessionOf(context: ExecutorContext, hash?: string): GoSession {
  return new GoSession(context.root, context.projectGraph, new Sealing(context, hash));
}

/** The hash of the task that this process was started for: what a task starts inherits the variables, too. */
function ownHash({ project, target }: GoTask): string | undefined {
  const { NX_TASK_HASH: hash, NX_TASK_TARGET_PROJECT: ofProject, NX_TASK_TARGET_TARGET: ofTarget } = process.env;
  return project === ofProject && target === ofTarget ? hash : undefined;
}

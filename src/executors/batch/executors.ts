import type { ExecutorContext, PromiseExecutor, TaskGraph } from '@nx/devkit';

import { runSettings } from '../../nx/run-settings.js';
import { RunRecorder } from '../../explain/runs/run-recorder.js';
import type { TargetKind } from '../../facts/target-kinds.js';
import { dependencyIds } from '../task/related-tasks.js';
import { Sealing } from '../task/sealing.js';
import { Warming } from '../task/warming.js';
import { GoSession } from '../task/session.js';
import { batchTasks, singleTask, type GoTargetOptions, type GoTask } from '../task/task.js';
import { loadKind } from './load-kind.js';
import { runTasks } from './run-tasks.js';
import type { TaskEnd } from './task-end.js';

/** A batch executor as Nx calls it: all results come from its iterator. */
export type BatchExecutor<Options extends GoTargetOptions = GoTargetOptions> = (
  taskGraph: TaskGraph,
  options: Record<string, Options>,
  overrides: Options,
  context: ExecutorContext,
) => AsyncIterableIterator<TaskEnd>;

/**
 * Makes the batch executor of a kind, or without one that of the targets whose option `kind` says what they are. Nx
 * prints each result's text; nothing is printed here.
 */
export function batchExecutor(kind?: TargetKind, kindOf = loadKind): BatchExecutor {
  return async function* (taskGraph, options, _overrides, context) {
    const tasks = batchTasks(kind, taskGraph, options, context);
    const session = sessionOf(context);
    const dependencies = dependencyIds(taskGraph);
    const recorder = RunRecorder.of(context, dependencies);
    void session.activity.started.then(() => recorder?.begin());
    for await (const end of runTasks(tasks, { session, dependencies, kindOf })) {
      recorder?.ended(end);
      yield end;
    }
    await session.warming?.finish();
    await recorder?.save();
    tellSummaries(session);
  };
}

/** Makes the single executor, as {@link batchExecutor}: a batch of one, printed as it ends. */
export function singleExecutor(kind?: TargetKind): PromiseExecutor<GoTargetOptions> {
  return async (options, context) => {
    const task = singleTask(kind, options, context);
    const session = sessionOf(context, ownHash(task));
    let success = true;
    for await (const { result } of runTasks([task], { session, dependencies: {}, kindOf: loadKind })) {
      if (result.terminalOutput) process.stdout.write(result.terminalOutput);
      success &&= result.success;
    }
    await session.warming?.finish();
    tellSummaries(session);
    return { success };
  };
}

function tellSummaries({ summaries }: GoSession): void {
  for (const summary of summaries.values()) process.stderr.write(summary.text());
}

function sessionOf(context: ExecutorContext, hash?: string): GoSession {
  return new GoSession(
    context.root,
    context.projectGraph,
    new Sealing(context, hash),
    runSettings(context.nxJsonConfiguration),
    Warming.of(context),
  );
}

/** The hash of the task that this process was started for: what a task starts inherits the variables, too. */
function ownHash({ project, target }: GoTask): string | undefined {
  const { NX_TASK_HASH: hash, NX_TASK_TARGET_PROJECT: ofProject, NX_TASK_TARGET_TARGET: ofTarget } = process.env;
  return project === ofProject && target === ofTarget ? hash : undefined;
}

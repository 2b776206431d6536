import type { ExecutorContext, PromiseExecutor, TaskGraph } from '@nx/devkit';

import { GoSession } from '../session.js';
import { batchTasks, singleTask, type GoTargetOptions } from '../task.js';
import type { ExecutorName } from '../unknown-options.js';
import { runTasks, type TaskEnd, type TaskRunner } from './run-tasks.js';

/** A batch executor as Nx calls it: all results come from its iterator. */
export type BatchExecutor<Options> = (
  taskGraph: TaskGraph,
  options: Record<string, Options>,
  overrides: Options,
  context: ExecutorContext,
) => AsyncIterableIterator<TaskEnd>;

/** Makes the batch executor of a runner. Nx prints each result's text; nothing is printed here. */
export function batchExecutor<Options extends GoTargetOptions>(
  name: ExecutorName,
  run: TaskRunner<Options>,
): BatchExecutor<Options> {
  return (taskGraph, options, _overrides, context) =>
    runTasks(
      batchTasks(name, taskGraph, options, context),
      edges(taskGraph),
      new GoSession(context.root, context.projectGraph),
      run,
    );
}

/** Makes the single executor of a runner: a batch of one, printed as it ends. */
export function singleExecutor<Options extends GoTargetOptions>(
  name: ExecutorName,
  run: TaskRunner<Options>,
): PromiseExecutor<Options> {
  return async (options, context) => {
    const task = singleTask(name, options, context);
    let success = true;
    for await (const { result } of runTasks([task], {}, new GoSession(context.root, context.projectGraph), run)) {
      if (result.terminalOutput) process.stdout.write(result.terminalOutput);
      success &&= result.success;
    }
    return { success };
  };
}

/** Nx 23 names the tasks of a dependency by id, Nx 24 by an edge that holds the id. */
function edges(taskGraph: TaskGraph): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(taskGraph.dependencies).map(([id, dependencies]) => [
      id,
      (dependencies as readonly (string | { readonly id: string })[]).map((edge) =>
        typeof edge === 'string' ? edge : edge.id,
      ),
    ]),
  );
}

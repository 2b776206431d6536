import { loadKind } from '../../executors/batch/load-kind.js';
import { runTasks } from '../../executors/batch/run-tasks.js';
import { outputPath } from '../../executors/build/output-path.js';
import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import type { GoSession } from '../../executors/task/session.js';
import type { GoTask, ReadyTask } from '../../executors/task/task.js';
import type { ServedMain } from '../meet/messages.js';

/** How the build of a program ended. */
export interface BuiltMain {
  readonly id: string;
  readonly success: boolean;
  /** What go said. */
  readonly text: string;
}

/** The task that builds a served program. Nothing of it is cached, so it has no inputs to be held to. */
export function buildTask(
  { id, project, root, goVariables }: ServedMain,
  options: BuildExecutorOptions,
): GoTask<BuildExecutorOptions> {
  return {
    id,
    executor: 'build',
    project,
    target: 'serve',
    configuration: undefined,
    dotenv: goVariables,
    root,
    options,
    targetConfiguration: undefined,
    cacheable: false,
    outputs: [],
    dependencies: [],
    archivesAfter: [],
  };
}

/** Builds programs, all that can share a go process in one; each is told as soon as it is built. */
export async function* buildMains(
  tasks: readonly GoTask<BuildExecutorOptions>[],
  session: GoSession,
): AsyncGenerator<BuiltMain> {
  for await (const { task, result } of runTasks(tasks, { session, dependencies: {}, kindOf: loadKind })) {
    yield { id: task, success: result.success, text: result.terminalOutput };
  }
}

/** Where the build of a program puts it, absolute. */
export function builtFile(task: ReadyTask<BuildExecutorOptions>, workspaceRoot: string): string {
  return outputPath(task, workspaceRoot);
}

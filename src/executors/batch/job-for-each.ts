import type { GoSession } from '../task/session.js';
import type { GoTargetOptions, GoTask, Outcome, ReadyTask } from '../task/task.js';
import type { Job } from './jobs.js';
import type { PlanTasks } from './run-tasks.js';

/** Plans a job for each task, where one go process, or another one, cannot work for several. */
export function jobForEach<Options extends GoTargetOptions, Ready extends GoTask<Options> = ReadyTask<Options>>(
  perform: (task: Ready, session: GoSession) => Promise<Outcome>,
): PlanTasks<Options, Ready> {
  return async (tasks, session, report) =>
    tasks.map((task): Job => ({ tasks: [task], run: async () => report(task.id, await perform(task, session)) }));
}

import { prepareTask } from '../task/prepare-task.js';
import type { GoTargetOptions, ReadyTask } from '../task/task.js';
import { outgrownTasks } from './outgrown-tasks.js';
import type { PlanTasks, TaskKind } from './run-tasks.js';

/** Tasks that the go command works on: each is checked against what its inputs were inferred for. */
export function goTasks<Options extends GoTargetOptions>(
  plan: PlanTasks<Options>,
): TaskKind<Options, ReadyTask<Options>> {
  return {
    prepare: prepareTask,
    plan: async (tasks, session, report) => {
      const outgrown = await outgrownTasks(tasks, session);
      for (const [id, text] of outgrown) report(id, { success: false, text });
      const rest = tasks.filter((task) => !outgrown.has(task.id));
      return rest.length > 0 ? plan(rest, session, report) : [];
    },
  };
}

import { filledOptions, OptionVariableError } from '../../variables/option-variables.js';
import { TaskError } from './task-error.js';
import type { GoTask } from './task.js';

/**
 * The options of a task with the variables of its environment filled in.
 *
 * @throws TaskError for a variable that is not set.
 */
export function filledTask<Options extends object>(
  task: Pick<GoTask, 'id' | 'dotenv'> & { readonly options: Options },
): Options {
  try {
    return filledOptions(task.options, { ...process.env, ...task.dotenv });
  } catch (error) {
    if (!(error instanceof OptionVariableError)) throw error;
    throw new TaskError(`nx-gopher does not run ${task.id}: its option ${error.message}\n`);
  }
}

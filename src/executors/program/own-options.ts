import { targetFacts } from '../../facts/target-facts.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import { filledTask } from '../task/filled-task.js';
import { TaskError } from '../task/task-error.js';
import type { GoTask } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';

/**
 * The options of a target that runs a program, with variables filled in, and their names; what else the command line
 * gives is the program's.
 *
 * @throws TaskError for a wrong value, or when the graph has found that the target must not run.
 */
export function ownOptions<Options>(
  kind: 'run' | 'serve',
  { id, dotenv, options, targetConfiguration }: Pick<GoTask, 'id' | 'dotenv' | 'options' | 'targetConfiguration'>,
): { readonly options: Options; readonly names: readonly string[] } {
  const { clash } = targetFacts(targetConfiguration) ?? {};
  if (clash) throw new TaskError(`${clash}\n`);
  const names = Object.keys(executorSchema(kind).properties);
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
  const wrong = wrongOptions(kind, own);
  if (wrong) throw new TaskError(wrong);
  return { options: filledTask({ id, dotenv, options: own }) as Options, names };
}

import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { hasFlag, splitWords } from '../../go/configuration/words.js';
import type { GoSession } from '../task/session.js';
import type { GoTargetOptions, ReadyTask } from '../task/task.js';

/**
 * The flag that holds a go process to as many actions at a time as Nx was told to run tasks (`--parallel`): compiles,
 * links, test binaries. None where Nx was told nothing, then go goes by the cores; and none where the task's `args` or
 * GOFLAGS have one. It alters no result, and is in no hash.
 *
 * @param task one of those that share the process.
 */
export async function actionsFlag(task: ReadyTask<GoTargetOptions> | undefined, session: GoSession): Promise<string[]> {
  const { parallel } = session.run;
  if (task === undefined || parallel === undefined) return [];
  if (hasFlag(splitWords(task.options.args), /^p$/)) return [];
  return parseGoflags(await session.goflags(task)).has('p') ? [] : [`-p=${parallel}`];
}

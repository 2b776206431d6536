import type { ExecutorContext } from '@nx/devkit';

import { splitWords } from '../../go/configuration/words.js';
import { unparsedOverrides } from '../../seals/rebuild.js';

/**
 * The arguments of a program: those of the option `args`, and after them the words of the command line that are no
 * options of the target.
 *
 * @param names of the target's options.
 */
export function programArguments(
  args: readonly string[] | string | undefined,
  unparsed: readonly string[],
  names: readonly string[],
): string[] {
  const own = new Set(names.flatMap((name) => [name, dashed(name)]));
  const passed: string[] = [];
  for (let index = 0; index < unparsed.length; index++) {
    const word = unparsed[index] ?? '';
    const [, name, value] = /^--(?:no-)?([^=.]+)(?:\.[^=]*)?(=.*)?$/s.exec(word) ?? [];
    if (name === undefined || !own.has(name)) passed.push(word);
    // As Nx reads it: what follows a name without `=` is its value.
    else if (value === undefined && unparsed[index + 1] !== undefined && !unparsed[index + 1]?.startsWith('-')) index++;
  }
  return [...splitWords(args), ...passed];
}

/** The words after the target's name on Nx's command line. */
export function wordsOf(context: ExecutorContext, taskId: string): readonly string[] {
  return unparsedOverrides(context.taskGraph?.tasks[taskId]?.overrides);
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

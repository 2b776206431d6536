/** Longest command line used, in characters: Windows takes 32,767, Linux 2 MiB and macOS 1 MiB less the environment. */
const MAX_COMMAND_LINE = process.platform === 'win32' ? 28_000 : 100_000;
/** What the go command itself, its subcommand and the quotes of flags add. */
const SURROUNDINGS = 200;

/**
 * Splits what is to be named on a command line so that each part fits one; an item longer than that has one for itself.
 *
 * @param patternsOf what stands on the command line for an item.
 * @param flags what stands on each of them.
 */
export function splitCommandLine<T>(
  items: readonly T[],
  patternsOf: (item: T) => readonly string[],
  flags: readonly string[],
  max = MAX_COMMAND_LINE,
): T[][] {
  const parts: T[][] = [];
  const fixed = lengthOf(flags) + SURROUNDINGS;
  let length = Infinity;
  for (const item of items) {
    const itemLength = lengthOf(patternsOf(item));
    if (length + itemLength > max) {
      parts.push([]);
      length = fixed;
    }
    parts.at(-1)?.push(item);
    length += itemLength;
  }
  return parts;
}

/** Each word with its blank and, on Windows, its quotes. */
function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length + 3, 0);
}

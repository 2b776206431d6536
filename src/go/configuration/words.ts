/** Extra flags as a list: an array as it is, a string split at blanks, quotes kept together as a shell would. */
export function splitWords(words: readonly string[] | string | undefined): string[] {
  if (words === undefined) return [];
  if (typeof words !== 'string') return words.map(String);
  return [...words.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  );
}

/** The last value of a flag on a command line, `-name=value` or `-name value`; one or two dashes. */
export function lastFlag(args: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (const [index, arg] of args.entries()) {
    const match = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(arg);
    if (match?.[1] === name) value = match[2] ?? args[index + 1] ?? '';
  }
  return value;
}

/** Whether a flag is on a command line in any form. */
export function hasFlag(args: readonly string[], names: RegExp): boolean {
  return args.some((arg) => names.test(/^--?([^=]+)/.exec(arg)?.[1] ?? ''));
}

/** One directive of a go.mod or go.work file, e.g. `{ verb: 'use', args: ['./api'], line: 3 }`. */
export interface Directive {
  readonly verb: string;
  readonly args: readonly string[];
  readonly line: number;
}

/**
 * Reads the directives of a go.mod or go.work file; blocks (`use ( … )`) become one directive per line.
 * Comments are dropped, quoted and raw strings are unquoted. Lines that go would refuse are kept as they are: the go
 * command is the one to complain about them.
 */
export function parseModFile(text: string): Directive[] {
  const directives: Directive[] = [];
  let block: string | undefined;
  for (const [index, rawLine] of text.split('\n').entries()) {
    const words = splitWords(rawLine);
    if (words.length === 0) continue;
    if (block !== undefined) {
      if (words[0] === ')') block = undefined;
      else directives.push({ verb: block, args: words, line: index + 1 });
    } else if (words.at(-1) === '(') {
      block = words[0] ?? '';
    } else {
      directives.push({ verb: words[0] ?? '', args: words.slice(1), line: index + 1 });
    }
  }
  return directives;
}

/** The module path of a go.mod file, or undefined when there is no `module` directive. */
export function modulePath(text: string): string | undefined {
  return parseModFile(text).find((directive) => directive.verb === 'module')?.args[0];
}

/** The version of go that a go.mod asks for: its `toolchain` line before its `go` line; empty where it has neither. */
export function languageVersion(directives: readonly Directive[]): string {
  const of = (verb: string): string | undefined => directives.find((one) => one.verb === verb)?.args[0];
  return of('toolchain') ?? of('go') ?? '';
}

/** The directories of the `use` directives of a go.work file, as written. */
export function useDirectories(text: string): string[] {
  return usesOf(parseModFile(text));
}

/** As {@link useDirectories}, of directives that have been read. */
export function usesOf(directives: readonly Directive[]): string[] {
  return directives.flatMap((directive) => (directive.verb === 'use' ? directive.args.slice(0, 1) : []));
}

function splitWords(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/\/\/.*$|"((?:[^"\\]|\\.)*)"|`([^`]*)`|[()]|(?:(?!\/\/)[^\s()"`])+/g)) {
    if (match[0].startsWith('//')) break;
    words.push(match[1] ?? match[2] ?? match[0]);
  }
  return words;
}

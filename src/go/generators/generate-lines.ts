/** A command of a `//go:generate` line, with its words as go generate makes them. */
export interface GeneratorCommand {
  /** The file that holds the line. */
  readonly file: string;
  readonly words: readonly string[];
  /** Environment variables that the line refers to, beside those that go generate sets. */
  readonly variables: readonly string[];
}

/** The `//go:generate` lines of a Go file, without what stands before the command. Go looks at the lines alone, too. */
export function generateLines(text: string): string[] {
  if (!text.includes('//go:generate')) return [];
  return Array.from(text.matchAll(/^\/\/go:generate[ \t]+(.*)$/gm), ([, line]) => (line ?? '').trim()).filter(Boolean);
}

/** What go generate sets itself, and what does not depend on the machine. */
const SET = ['GOARCH', 'GOOS', 'GOFILE', 'GOLINE', 'GOPACKAGE', 'GOROOT', 'DOLLAR', 'PATH'];

/**
 * The commands of a file's lines: words are split and quoted, `-command` names are replaced and variables filled in as
 * go generate does it. What a variable of the environment holds is not known here: it is filled in as nothing.
 */
export function generatorCommands(file: string, lines: readonly string[], packageName: string): GeneratorCommand[] {
  const aliases = new Map<string, readonly string[]>();
  const set: Readonly<Record<string, string>> = { GOFILE: file, GOPACKAGE: packageName, DOLLAR: '$' };
  return lines.flatMap((line) => {
    const variables = new Set<string>();
    const split = splitLine(line);
    if (split[0] === '-command') {
      aliases.set(split[1] ?? '', split.slice(2));
      return [];
    }
    const [first = '', ...rest] = split;
    const words = [...(aliases.get(first) ?? [first]), ...rest].map((word) =>
      word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
        const name = braced ?? bare ?? '';
        if (!SET.includes(name)) variables.add(name);
        return set[name] ?? '';
      }),
    );
    return words[0] ? [{ file, words, variables: [...variables] }] : [];
  });
}

function splitLine(line: string): string[] {
  return Array.from(line.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"]+/g), ([word, quoted]) =>
    quoted === undefined ? word : quoted.replace(/\\(.)/g, '$1'),
  );
}

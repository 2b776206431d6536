import { unquote } from '../sources/quoted-strings.js';

/** A command of the toolchain that go would run. */
export interface ToolCommand {
  /** What is laid over go's own environment for it. */
  readonly env: Readonly<Record<string, string>>;
  /** The tool itself first. Paths in go's work folder begin with `$WORK/`. */
  readonly words: readonly string[];
  /** The folder in go's work folder that is its own: `$WORK/b001`. */
  readonly work: string;
}

const WORD = /\s*(?:([A-Za-z_]\w*)=(?:'([^']*)'|("(?:[^"\\]|\\.)*"))(?=\s)|("(?:[^"\\]|\\.)*")|(\S+))/y;
/** What go writes into a file. */
const WRITTEN = /^cat >(\$WORK\/\S+) << 'EOF' # internal$/;
const WRITTEN_LINE = /^echo '(.*)' > (\$WORK\/\S+) # internal$/;
const COMPILE = /[/\\]compile(\.exe)?$/;
const LINK = /[/\\]link(\.exe)?$/;

/**
 * Reads what `go build -n` prints: the commands that go would run, and the files that it would write for them.
 * Compiles of the standard library are left out.
 */
export class BuildScript {
  /** By the folder of the action. */
  readonly compiles = new Map<string, ToolCommand>();
  readonly links = new Map<string, ToolCommand>();
  /** Texts by path. */
  readonly files = new Map<string, readonly string[]>();
  /** Links have most lines in common. */
  readonly #known = new Map<string, string>();
  #file: { path: string; lines: string[] } | undefined;

  add(line: string): void {
    if (this.#file) return this.#addToFile(line, this.#file);
    const [, path] = WRITTEN.exec(line) ?? [];
    if (path !== undefined) this.#file = { path, lines: [] };
    const [, text = '', of] = WRITTEN_LINE.exec(line) ?? [];
    if (of !== undefined) this.files.set(of, [text]);
    if (/[/\\](compile|link)(\.exe)?"? /.test(line)) this.#addCommand(line);
  }

  #addToFile(line: string, { path, lines }: { path: string; lines: string[] }): void {
    // A text that ends without a line end, as JSON does.
    const isLast = line === 'EOF' || line === '}EOF';
    const text = isLast ? line.slice(0, -'EOF'.length) : line;
    if (text !== '' || !isLast) lines.push(this.#known.get(text) ?? text);
    this.#known.set(text, text);
    if (!isLast) return;
    this.files.set(path, lines);
    this.#file = undefined;
  }

  #addCommand(line: string): void {
    const command = parseCommand(line);
    const [tool = ''] = command?.words ?? [];
    if (!command || command.words.includes('-std')) return;
    if (COMPILE.test(tool)) this.compiles.set(command.work, command);
    if (LINK.test(tool)) this.links.set(command.work, command);
  }
}

/** Undefined for what names no file to write in go's work folder. */
export function parseCommand(line: string): ToolCommand | undefined {
  const env: Record<string, string> = {};
  const words: string[] = [];
  const next = new RegExp(WORD);
  for (let match = next.exec(line); match; match = next.exec(line)) {
    const [whole, name, plain, quotedValue, quotedWord, word] = match;
    if (name !== undefined && words.length === 0) env[name] = plain ?? unquote(quotedValue ?? '') ?? '';
    else words.push(quotedWord === undefined ? (word ?? whole.trim()) : (unquote(quotedWord) ?? quotedWord));
  }
  const output = words[words.indexOf('-o') + 1] ?? '';
  const [work] = /^\$WORK[/\\]b\d+/.exec(output) ?? [];
  return work === undefined ? undefined : { env, words, work };
}

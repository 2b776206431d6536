/** A block of statements that is counted. */
export interface Block {
  readonly startLine: number;
  readonly endLine: number;
  readonly statements: number;
  /** How often it ran; in the mode `set`, 1 for at all. */
  readonly count: number;
}

/** A block with the text that go writes of it after the file's name and before the count. */
interface PlacedBlock extends Block {
  readonly place: string;
  readonly columns: readonly [start: number, end: number];
}

/** Coverage profiles of go, merged: each block once. */
export class Profile {
  /** By line without its count: all tests of a run write the same lines, so that few of them need to be taken apart. */
  readonly #counts = new Map<string, number>();
  #mode: string | undefined;

  /** `set`, `count` or `atomic`. */
  get mode(): string {
    return this.#mode ?? 'set';
  }

  /** By file, in the order of their names: its blocks in the order of their lines. */
  get files(): ReadonlyMap<string, readonly Block[]> {
    return this.#placed();
  }

  /**
   * Adds what a test or a program counted. Tests that count a package together are added up, as go does.
   *
   * @param origin where the text comes from, for messages.
   * @throws Error when it is no profile, or of another mode: `count` and `set` cannot be added.
   */
  add(text: string, origin: string): void {
    const [head = '', ...lines] = text.split('\n');
    const mode = /^mode: (set|count|atomic)\s*$/.exec(head)?.[1];
    if (mode === undefined)
      throw new Error(`${origin} is no coverage profile: it begins with ${JSON.stringify(head.slice(0, 40))}.`);
    // Both count; `atomic` does so under the race detector.
    const isSame = this.#mode === undefined || (this.#mode === 'set') === (mode === 'set');
    if (!isSame) {
      throw new Error(
        `${origin} has the mode "${mode}", others "${this.#mode}". Give all tests the same option coverMode.`,
      );
    }
    this.#mode ??= mode;
    for (const [index, line] of lines.entries()) {
      const end = line.lastIndexOf(' ');
      const block = line.slice(0, end);
      const earlier = this.#counts.get(block);
      if (earlier === undefined ? !LINE.test(line) : !COUNT.test(line.slice(end))) {
        if (line.trim() === '') continue;
        throw new Error(`${origin}:${index + 2} is no line of a coverage profile: ${line.slice(0, 100)}`);
      }
      const added = (earlier ?? 0) + Number(line.slice(end));
      this.#counts.set(block, this.#mode === 'set' ? Math.min(added, 1) : added);
    }
  }

  /**
   * Adds what a program ran, after all tests.
   *
   * @throws Error as {@link add} does, and when a file has other blocks than those that tests know: the program was
   *   built from other code.
   */
  addProgram(text: string, origin: string): void {
    const program = new Profile();
    program.add(text, origin);
    const tested = this.#placed();
    for (const [file, blocks] of program.#placed()) {
      const known = tested.get(file);
      if (known === undefined || placesOf(known) === placesOf(blocks)) continue;
      throw new Error(
        `${origin} counts other blocks of ${file} than its tests: the program was built from other code. ` +
          `Empty the directory, build and run the program again.`,
      );
    }
    this.add(text, origin);
  }

  /** As go writes it, each block once. */
  text(): string {
    const lines = [...this.#placed()].flatMap(([file, blocks]) =>
      blocks.map(({ place, count }) => `${file}:${place} ${count}`),
    );
    return [`mode: ${this.mode}`, ...lines, ''].join('\n');
  }

  #placed(): Map<string, readonly PlacedBlock[]> {
    const files = new Map<string, PlacedBlock[]>();
    for (const [line, count] of this.#counts) {
      const [, file = '', place = '', ...numbers] = BLOCK.exec(line) ?? [];
      const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0, statements = 0] = numbers.map(Number);
      const block = { startLine, endLine, statements, count, place, columns: [startColumn, endColumn] as const };
      const blocks = files.get(file);
      if (blocks) blocks.push(block);
      else files.set(file, [block]);
    }
    for (const blocks of files.values()) blocks.sort(inOrder);
    return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** `example.org/m/a.go:12.34,15.2 3`: a name may hold blanks and colons. */
const BLOCK = /^(.+):((\d+)\.(\d+),(\d+)\.(\d+) (\d+))$/;
const COUNT = /^ \d+\s*$/;
const LINE = /^.+:\d+\.\d+,\d+\.\d+ \d+ \d+\s*$/;

function inOrder(a: PlacedBlock, b: PlacedBlock): number {
  return (
    a.startLine - b.startLine || a.columns[0] - b.columns[0] || a.endLine - b.endLine || a.columns[1] - b.columns[1]
  );
}

function placesOf(blocks: readonly PlacedBlock[]): string {
  return blocks.map(({ place }) => place).join('\n');
}

/** How many statements there are, and how many of them ran. */
export interface Statements {
  readonly covered: number;
  readonly all: number;
}

/** Counts statements, as `go tool cover -func` does. */
export function statementsOf(blocks: readonly Block[]): Statements {
  const sum = (of: readonly Block[]): number => of.reduce((all, { statements }) => all + statements, 0);
  return { covered: sum(blocks.filter(({ count }) => count > 0)), all: sum(blocks) };
}

/** The share in percent; all of nothing is 100. */
export function percentOf({ covered, all }: Statements): number {
  return all === 0 ? 100 : (100 * covered) / all;
}

/**
 * How often each line ran. A line that ends one block and begins another counts as the one of them that ran more
 * often.
 */
export function lineCounts(blocks: readonly Block[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { startLine, endLine, count } of blocks)
    for (let line = startLine; line <= endLine; line++) counts.set(line, Math.max(counts.get(line) ?? 0, count));
  return new Map([...counts].sort(([a], [b]) => a - b));
}

/** A block of statements that is counted. */
export interface Block {
  readonly startLine: number;
  readonly endLine: number;
  readonly statements: number;
  /** How often it ran; in the mode `set`, 1 for at all. */
  readonly count: number;
}

/** Coverage profiles of go, merged: each block once. */
export class Profile {
  /** By file, as go names it (import path and name), and place of the block. */
  readonly #files = new Map<string, Map<string, Block>>();
  #mode: string | undefined;

  /** `set`, `count` or `atomic`. */
  get mode(): string {
    return this.#mode ?? 'set';
  }

  /** By file, in the order of their names: its blocks in the order of their lines. */
  get files(): ReadonlyMap<string, readonly Block[]> {
    const sorted = [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(sorted.map(([file, blocks]) => [file, inOrder(blocks).map(([, block]) => block)]));
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
    for (const [index, line] of lines.entries()) if (line.trim() !== '') this.#addLine(line, `${origin}:${index + 2}`);
  }

  #addLine(line: string, place: string): void {
    // example.org/m/a.go:12.34,15.2 3 1: a name may hold blanks and colons.
    const parts = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d+) (\d+)\s*$/.exec(line);
    if (!parts) throw new Error(`${place} is no line of a coverage profile: ${line.slice(0, 100)}`);
    const [, file = '', startLine, startColumn, endLine, endColumn, statements, count] = parts;
    const blocks = this.#files.get(file) ?? new Map<string, Block>();
    this.#files.set(file, blocks);
    const key = `${startLine}.${startColumn},${endLine}.${endColumn}`;
    const earlier = blocks.get(key)?.count ?? 0;
    const added = earlier + Number(count);
    blocks.set(key, {
      startLine: Number(startLine),
      endLine: Number(endLine),
      statements: Number(statements),
      count: this.mode === 'set' ? Math.min(added, 1) : added,
    });
  }

  /** As go writes it, each block once. */
  text(): string {
    const lines = [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([file, blocks]) =>
        inOrder(blocks).map(([key, { statements, count }]) => `${file}:${key} ${statements} ${count}`),
      );
    return [`mode: ${this.mode}`, ...lines, ''].join('\n');
  }
}

function inOrder(blocks: ReadonlyMap<string, Block>): [string, Block][] {
  const place = (key: string): number[] => key.split(/[.,]/).map(Number);
  const compare = (a: readonly number[], b: readonly number[]): number => {
    const index = a.findIndex((value, at) => value !== b[at]);
    return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
  };
  return [...blocks].sort(([a], [b]) => compare(place(a), place(b)));
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

import { logger } from '@nx/devkit';

/** What a conversion did, and what it could not do: nothing is dropped without a line here. */
export class ConversionReport {
  private readonly done = new Set<string>();
  /** Targets before and after, in the order of the projects. */
  private readonly targets: (readonly string[])[] = [];
  /** Targets by the keys that are no longer written. */
  private readonly inferred = new Map<string, Set<string>>();
  /** Projects (or files) by what is to be said of them. */
  private readonly notes = new Map<string, Set<string>>();
  /** Whether something still needs the peer's package. */
  needsPeer = false;

  changed(what: string): void {
    this.done.add(what);
  }

  /** A target with the executor it had, and what it is now. */
  target(where: string, before: string, after: string): void {
    this.targets.push([where, before, after]);
  }

  /** A key of a target that is taken out, because nx-gopher infers it. */
  inferredNow(where: string, key: string, value: unknown): void {
    add(this.inferred, `${key} ${JSON.stringify(value)}`, where);
  }

  /** Something without a counterpart, or that behaves otherwise from now on. */
  note(where: string, what: string): void {
    add(this.notes, what, where);
  }

  /** A target or setting that stays as it is, and with it the need for the peer's package. */
  leftInPlace(where: string, why: string): void {
    this.needsPeer = true;
    this.note(where, `left as it is: ${why}`);
  }

  get lines(): string[] {
    return [
      ...this.done,
      ...table([['target', 'before', 'after'], ...this.targets]),
      ...(this.inferred.size ? ['Taken out, because nx-gopher infers it:'] : []),
      ...[...this.inferred].map(([what, where]) => `  - ${[...where].join(', ')}: ${what}`),
      ...(this.notes.size ? ['To look at:'] : []),
      ...[...this.notes].map(([what, where]) => `  - ${[...where].join(', ')}: ${what}`),
    ];
  }

  print(title: string): void {
    logger.info([title, ...this.lines.map((line) => `  ${line}`)].join('\n'));
  }
}

function add(map: Map<string, Set<string>>, what: string, where: string): void {
  map.set(what, (map.get(what) ?? new Set()).add(where));
}

/** Rows as lines with columns of one width; none when there is only the head. */
function table(rows: readonly (readonly string[])[]): string[] {
  if (rows.length < 2) return [];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

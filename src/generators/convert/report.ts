import { logger } from '@nx/devkit';

/** What a conversion did, and what it could not do: nothing is dropped without a line here. */
export class ConversionReport {
  private readonly done: string[] = [];
  /** Projects (or files) by what is to be said of them. */
  private readonly notes = new Map<string, Set<string>>();
  /** Whether something still needs the peer's package. */
  needsPeer = false;

  changed(what: string): void {
    this.done.push(what);
  }

  /** Something without a counterpart, or that behaves otherwise from now on. */
  note(where: string, what: string): void {
    this.notes.set(what, (this.notes.get(what) ?? new Set()).add(where));
  }

  /** A target or setting that stays as it is, and with it the need for the peer's package. */
  leftInPlace(where: string, why: string): void {
    this.needsPeer = true;
    this.note(where, `left as it is: ${why}`);
  }

  get lines(): string[] {
    return [
      ...this.done,
      ...(this.notes.size ? ['To look at:'] : []),
      ...[...this.notes].map(([what, where]) => `  - ${[...where].join(', ')}: ${what}`),
    ];
  }

  print(title: string): void {
    logger.info([title, ...this.lines.map((line) => `  ${line}`)].join('\n'));
  }
}

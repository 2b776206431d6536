/** Milliseconds of silence after which a batch says what go is at: at once for the TUI, which shows it in a pane. */
const SILENCE = process.env['NX_TUI'] === 'true' ? 1_000 : 10_000;

/** What the go processes of a batch are at, to be told while they have no results. */
export class Activity {
  readonly #texts = new Set<() => string>();

  /**
   * Notes that something has begun. Call the returned function at its end.
   *
   * @param text what it is at when asked, e.g. `go build: 12 packages compiled`.
   */
  begin(text: () => string): () => void {
    this.#texts.add(text);
    return () => void this.#texts.delete(text);
  }

  /** All that goes on, in one line; empty when nothing does. */
  toString(): string {
    return [...this.#texts].map((text) => text()).join('; ');
  }
}

/** Tells what goes on whenever nothing else was said for a while. */
export class ActivityTeller {
  readonly #timer: NodeJS.Timeout;
  readonly #silence: number;
  #last = Date.now();

  /** @param silence in milliseconds. */
  constructor(activity: Activity, tell: (line: string) => void, silence = SILENCE) {
    this.#silence = silence;
    this.#timer = setInterval(() => {
      const line = activity.toString();
      if (line === '' || Date.now() - this.#last < this.#silence) return;
      this.heard();
      tell(`nx-gopher: ${line}\n`);
    }, silence / 4);
    this.#timer.unref();
  }

  /** Something else was said: a result. */
  heard(): void {
    this.#last = Date.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** `3 packages`, `1 package`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Milliseconds of silence after which a batch says what go is at: at once for the TUI, which shows it in a pane. */
const SILENCE = process.env['NX_TUI'] === 'true' ? 1_000 : 10_000;

/** How many things are named of those that go on. */
const NAMED = 3;

/** What the go processes of a batch are at, to be told while they have no results. */
export class Activity {
  readonly #texts = new Set<() => string>();
  #start: () => void = () => undefined;
  /** Settles when the first go process works. */
  readonly started = new Promise<void>((resolve) => (this.#start = resolve));

  /**
   * Notes that something has begun. Call the returned function at its end.
   *
   * @param text what it is at when asked, e.g. `go build: 12 packages compiled`.
   */
  begin(text: () => string): () => void {
    this.#texts.add(text);
    this.#start();
    return () => void this.#texts.delete(text);
  }

  /** Notes that some work goes on, and for how long it has. */
  async during<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const start = Date.now();
    const end = this.begin(() => longest([[name, start]]));
    return work().finally(end);
  }

  /** All that goes on, in one line; empty when nothing does. */
  toString(): string {
    return [...this.#texts].map((text) => text()).join('; ');
  }
}

/** How many of the tasks of a batch have ended. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Tells what goes on whenever nothing else was said for a while. */
export class ActivityTeller {
  readonly #timer: NodeJS.Timeout;
  readonly #silence: number;
  #last = Date.now();

  /** @param silence in milliseconds. */
  constructor(activity: Activity, progress: () => Progress, tell: (line: string) => void, silence = SILENCE) {
    this.#silence = silence;
    this.#timer = setInterval(() => {
      const line = activity.toString();
      if (line === '' || Date.now() - this.#last < this.#silence) return;
      this.heard();
      const { done, total } = progress();
      tell(`nx-gopher: ${total > 1 ? `${done} of ${total} tasks done; ` : ''}${line}\n`);
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

/**
 * What has gone on for longest, e.g. `lib/a (12 s), lib/b (3 s) and 4 more`.
 *
 * @param started times in milliseconds since 1970, by name.
 */
export function longest(started: Iterable<readonly [name: string, start: number]>, now = Date.now()): string {
  const sorted = [...started].sort(([, a], [, b]) => a - b);
  const named = sorted.slice(0, NAMED).map(([name, start]) => `${name} (${Math.round((now - start) / 1000)} s)`);
  return named.join(', ') + (sorted.length > NAMED ? ` and ${sorted.length - NAMED} more` : '');
}

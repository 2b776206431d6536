import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Milliseconds without a further change after which a burst of changes has ended; one more for each path, since a busy
 * machine tells of many in portions. A save waits for hardly more than the least.
 */
const QUIET = 15;
const MOST_QUIET = 250;
/** Most milliseconds that a burst is waited for. */
const LONGEST = 3000;
/** As long as a git command works on the files. */
const LONGEST_LOCK = 30_000;

/** Collects the paths of changes until they come to rest: a formatter or a switch of branches is one burst. */
export class Saves {
  #paths = new Set<string>();
  #last = 0;
  #wake: () => void = () => undefined;

  /** @param isLocked whether a program says that it goes on to change files. */
  constructor(private readonly isLocked: () => boolean) {}

  add(path: string): void {
    this.#paths.add(path);
    this.#last = Date.now();
    this.#wake();
  }

  /** Ends the wait of {@link next}, although no path may have come. */
  nudge(): void {
    this.#wake();
  }

  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  /** Waits until something has changed, or {@link nudge} is called. */
  async some(): Promise<void> {
    if (this.isEmpty) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** The paths that have changed since the last call, as soon as no more come. */
  async take(): Promise<string[]> {
    const start = Date.now();
    while (this.#isOn(start)) await sleep(Math.max(3, this.#quiet - (Date.now() - this.#last)));
    const paths = [...this.#paths];
    this.#paths = new Set();
    return paths;
  }

  #isOn(start: number): boolean {
    if (this.isEmpty) return false;
    const now = Date.now();
    if (this.isLocked() && now - start < LONGEST_LOCK) return true;
    return now - this.#last < this.#quiet && now - start < LONGEST;
  }

  get #quiet(): number {
    return Math.min(QUIET + this.#paths.size, MOST_QUIET);
  }
}

import { counted } from '../../counted.js';
import { longest, type Activity } from '../batch/activity.js';

/** Milliseconds without a new package after which go is taken to have compiled all. */
const QUIET = 1000;
const INTERVAL = 200;

/**
 * Follows a go process that names the packages as it begins to compile them, and tells when it has gone on to linking:
 * a binary is there, and for a while no package was named.
 */
export class CompileWatch {
  readonly #begun = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #end: () => void;
  #last = 0;

  /**
   * @param total how many binaries are to be there at the end.
   * @param linked how many of them are there.
   * @param onCompiled called once, if it comes to that before `stop`.
   */
  constructor(activity: Activity, total: number, linked: () => number, onCompiled: () => void) {
    this.#end = activity.begin(() => {
      // Go does not say when one ends. What takes long keeps others waiting, and so is the last that was begun.
      const last = [...this.#begun].at(-1);
      const compiled = `${counted(this.#begun.size, 'package')} compiled${last ? `, last ${longest([last])}` : ''}`;
      return `go build: ${compiled}, ${linked()} of ${counted(total, 'program')} linked`;
    });
    this.#timer = setInterval(() => {
      if (Date.now() - this.#last < QUIET || linked() === 0) return;
      clearInterval(this.#timer);
      onCompiled();
    }, INTERVAL);
  }

  /** Go has begun with a package. */
  add(importPath: string): void {
    this.#last = Date.now();
    this.#begun.set(importPath, this.#last);
  }

  /** When go began with a package, in milliseconds since 1970; undefined where it had that already. */
  startOf(importPath: string): number | undefined {
    return this.#begun.get(importPath);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#end();
  }
}

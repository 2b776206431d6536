import { resolve } from 'node:path';

import { statOf } from '../../files.js';
import { isSameStamp, stampOf, type Stamp } from '../../workspace/kept/stamp.js';

/** Tells from hints which files have really changed, come or gone since they were last looked at. */
export class ChangedFiles {
  readonly #stamps = new Map<string, Stamp>();

  constructor(private readonly root: string) {}

  /**
   * Takes files as they are now.
   *
   * @param since a time in milliseconds. @returns those that have changed since: they count as changed once more.
   */
  know(files: Iterable<string>, since: number): string[] {
    const fresh = [...files].filter((file) => !this.#stamps.has(file));
    return fresh.filter((file) => {
      const stamp = this.#stamp(file);
      const isRecent = stamp !== GONE && (stamp[2] ?? Infinity) >= since;
      this.#stamps.set(file, isRecent ? [] : stamp);
      return isRecent;
    });
  }

  /**
   * The changed files among those at the hinted paths, and below those that are or were directories.
   *
   * @param below gives the known files below a path.
   */
  among(hints: readonly string[], below: (path: string) => readonly string[]): string[] {
    const candidates = new Set(hints.flatMap((hint) => [hint, ...below(hint)]));
    return [...candidates].filter((path) => this.#hasChanged(path));
  }

  #hasChanged(path: string): boolean {
    const known = this.#stamps.get(path);
    const stamp = this.#stamp(path);
    // A directory, or a file that came and went.
    if (known === undefined && stamp === GONE) return false;
    this.#stamps.set(path, stamp);
    return stamp === GONE ? known !== GONE : !isSameStamp(stamp, known);
  }

  #stamp(path: string): Stamp {
    const stat = statOf(resolve(this.root, path));
    return stat?.isFile() ? stampOf(stat, Date.now()) : GONE;
  }
}

/** Of a file that is not there. */
const GONE: Stamp = [];

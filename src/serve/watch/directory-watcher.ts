import { watch, type FSWatcher } from 'node:fs';
import { posix, resolve } from 'node:path';

import { statOf } from '../../files.js';
import { toPosix } from '../../paths.js';

/** Milliseconds between two looks at directories that the system does not watch. */
const POLL = 1000;

/** Takes a path, from the workspace's root, at which something may have changed. */
export type OnHint = (path: string) => void;

/** A directory that is watched: when another one takes its place, so must another watcher. */
interface Watched {
  readonly inode: number;
  /** None where the system has no room for more: such a directory is looked at again and again. */
  readonly watcher: FSWatcher | undefined;
}

/**
 * Watches directories by Node's `fs.watch`: exactly those that files of served programs lie in, and those above them.
 *
 * What it tells is a hint: that something may have changed at a path. Who takes it looks for himself, so a hint too
 * many does no harm.
 */
export class DirectoryWatcher {
  readonly #watched = new Map<string, Watched>();
  #poll: NodeJS.Timeout | undefined;
  #hasWarned = false;

  /** @param warn takes a text for the user. */
  constructor(
    private readonly root: string,
    private readonly hint: OnHint,
    private readonly warn: (text: string) => void,
  ) {}

  /**
   * Watches these directories and no others; those that are not there are left out.
   *
   * @param dirs relative to the root, with forward slashes; those outside of it begin with `../`.
   * @returns those that were not watched before: what has changed there in the last moment was missed.
   */
  set(dirs: ReadonlySet<string>): string[] {
    for (const [dir, { watcher }] of this.#watched) if (!dirs.has(dir)) this.#forget(dir, watcher);
    const fresh = [...dirs].filter((dir) => this.#add(dir));
    const isBlind = [...this.#watched.values()].some(({ watcher }) => !watcher);
    clearInterval(this.#poll);
    if (isBlind) this.#poll = setInterval(() => this.#look(), POLL).unref();
    return fresh;
  }

  close(): void {
    this.set(new Set());
  }

  #add(dir: string): boolean {
    const path = resolve(this.root, dir);
    const stat = statOf(path);
    const known = this.#watched.get(dir);
    if (known && known.inode === stat?.ino) return false;
    if (known) this.#forget(dir, known.watcher);
    if (!stat?.isDirectory()) return false;
    this.#watched.set(dir, { inode: stat.ino, watcher: this.#watch(dir, path) });
    return true;
  }

  #watch(dir: string, path: string): FSWatcher | undefined {
    try {
      const watcher = watch(path, (_, name) => this.hint(name === null ? dir : posix.join(dir, toPosix(name))));
      // It was deleted, say: the directory above tells of it.
      watcher.on('error', () => this.hint(dir));
      return watcher;
    } catch (error) {
      this.#warnOnce((error as NodeJS.ErrnoException).code);
      return undefined;
    }
  }

  #warnOnce(code: string | undefined): void {
    if (this.#hasWarned || code === 'ENOENT') return;
    this.#hasWarned = true;
    const remedy = process.platform === 'linux' ? ' Raise fs.inotify.max_user_watches with sysctl.' : '';
    this.warn(`The system watches no more directories (${code}): the others are looked at every second.${remedy}`);
  }

  #look(): void {
    for (const [dir, { watcher }] of this.#watched) if (!watcher) this.hint(dir);
  }

  #forget(dir: string, watcher: FSWatcher | undefined): void {
    watcher?.close();
    this.#watched.delete(dir);
  }
}

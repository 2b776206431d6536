import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { problemOf } from '../../files.js';
import { UNFINISHED, writeWhole } from '../../write-whole.js';
import { StoreError, type Store } from './store.js';

/** What lies in a directory is compressed already, and read by one machine: more at once gain nothing. */
const WIDTH = 8;
/** In milliseconds: after it a use is noted again. */
export const DAY = 24 * 60 * 60 * 1000;
/** Unfinished files that are older belong to processes that were killed. */
const HOUR = 60 * 60 * 1000;

/** An object of a directory. */
export interface StoredFile {
  readonly key: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last used, to a day; milliseconds since 1970. */
  readonly used: number;
}

/** A directory with compiled packages: on this machine, on a disk that machines share, or kept by a pipeline. */
export class DirectoryStore implements Store {
  readonly width = WIDTH;

  constructor(readonly dir: string) {}

  get name(): string {
    return this.dir;
  }

  async get(key: string): Promise<Buffer | undefined> {
    const path = this.#path(key);
    try {
      const state = await stat(path);
      // To open a named pipe would wait for whoever writes into it.
      if (!state.isFile()) return undefined;
      const content = await readFile(path);
      await this.#noteUse(path, state.mtimeMs).catch(() => undefined);
      return content;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw this.#failure(error);
    }
  }

  /** Writes it whole or not at all: other runs may read, write and clean up meanwhile. */
  async put(key: string, content: Buffer): Promise<void> {
    await writeWhole(this.#path(key), content).catch((error: unknown) => {
      throw this.#failure(error);
    });
  }

  /** All that lies there, the longest unused first. Removes what killed processes left unfinished. */
  async files(): Promise<StoredFile[]> {
    const found: StoredFile[] = [];
    for (const folder of await readdir(this.dir).catch(() => [])) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await readdir(join(this.dir, folder)).catch(() => [])) {
        const path = join(this.dir, folder, name);
        const state = await stat(path).catch(() => undefined);
        if (!state?.isFile()) continue;
        if (/^[0-9a-f]{64}$/.test(name)) found.push({ key: name, path, size: state.size, used: state.mtimeMs });
        else if (name.endsWith(UNFINISHED) && Date.now() - state.mtimeMs > HOUR) await rm(path, { force: true });
      }
    }
    return found.sort((a, b) => a.used - b.used);
  }

  #path(key: string): string {
    return join(this.dir, key.slice(0, 2), key);
  }

  async #noteUse(path: string, mtimeMs: number): Promise<void> {
    const now = new Date();
    if (now.getTime() - mtimeMs > DAY) await utimes(path, now, now);
  }

  #failure(error: unknown): StoreError {
    return new StoreError(`${this.dir}: ${problemOf(error as NodeJS.ErrnoException)}`, true);
  }
}

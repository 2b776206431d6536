import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeWhole } from '../../write-whole.js';

/** What an action of go came to, as its build cache (GOCACHE) has it. Ids are 64 hexadecimal digits. */
export interface CacheEntry {
  readonly action: string;
  /** The sha256 of the body. */
  readonly output: string;
  /** Bytes of the body. */
  readonly size: number;
}

const ID = /^[0-9a-f]{64}$/;
const ENTRY = /^v1 ([0-9a-f]{64}) ([0-9a-f]{64}) ( *\d+) ( *\d+)\n$/;

/**
 * Go's build cache on disk (cmd/go/internal/cache/cache.go): `xx/<action id>-a` names an output id and its size,
 * `xx/<output id>-d` holds the body. Go compares the body's size with the entry, and nothing else of it.
 */
export class BuildCache {
  constructor(readonly dir: string) {}

  /** The whole ids of actions of which the beginnings are given; of what is not in the cache there is none. */
  find(beginnings: Iterable<string>): Map<string, string> {
    const byFolder = new Map<string, Set<string>>();
    for (const beginning of beginnings) {
      const folder = beginning.slice(0, 2);
      byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(beginning));
    }
    const found = new Map<string, string>();
    for (const [folder, wanted] of byFolder) {
      for (const name of this.#namesIn(folder)) {
        const beginning = name.slice(0, 30);
        if (name.endsWith('-a') && wanted.has(beginning)) found.set(beginning, name.slice(0, -2));
      }
    }
    return found;
  }

  has(action: string): boolean {
    return existsSync(this.#path(action, 'a'));
  }

  /** Undefined where there is none, or where it is not whole. */
  entry(action: string): CacheEntry | undefined {
    try {
      const [, id, output = '', size] = ENTRY.exec(readFileSync(this.#path(action, 'a'), 'latin1')) ?? [];
      if (id !== action) return undefined;
      const entry = { action, output, size: Number(size) };
      return statSync(this.#path(output, 'd')).size === entry.size ? entry : undefined;
    } catch {
      return undefined;
    }
  }

  /** Has go do an action again. @throws Error of the file system. */
  forget(action: string): void {
    rmSync(this.#path(action, 'a'), { force: true });
  }

  /** @throws Error of the file system. */
  body({ output }: CacheEntry): Promise<Buffer> {
    return readFile(this.#path(output, 'd'));
  }

  /**
   * Lays an entry in, so that go finds it: the body first, each file whole or not at all. Go processes that run side by
   * side, or lay in the same, do no harm.
   *
   * @param body has been held against the entry's output id.
   * @throws Error for an entry that is none, and of the file system.
   */
  async lay({ action, output, size }: CacheEntry, body: Buffer): Promise<void> {
    if (!ID.test(action) || !ID.test(output) || body.length !== size)
      throw new Error('this is no entry of a build cache');
    const [path, bodyPath] = [this.#path(action, 'a'), this.#path(output, 'd')];
    if (statSync(bodyPath, { throwIfNoEntry: false })?.size !== size) await writeWhole(bodyPath, body);
    const numbers = [String(size), `${Date.now()}000000`].map((number) => number.padStart(20));
    await writeWhole(path, `v1 ${action} ${output} ${numbers.join(' ')}\n`);
  }

  #path(id: string, kind: 'a' | 'd'): string {
    return join(this.dir, id.slice(0, 2), `${id}-${kind}`);
  }

  #namesIn(folder: string): string[] {
    try {
      return readdirSync(join(this.dir, folder));
    } catch {
      return [];
    }
  }
}

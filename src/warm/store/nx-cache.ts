import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { messageOf } from '../../message-of.js';
import type { RemoteCache } from '../../nx/remote-cache.js';
import { MOST_BYTES } from '../package-object.js';
import { inTime } from './in-time.js';
import { StoreError, type Store } from './store.js';

/** As of a cache server. */
const WIDTH = 64;
const FILE = 'package';
/** Nx keeps results of tasks under decimal numbers of 64 bits. */
const BITS = 64;

/** Whatever cache Nx shares with other machines, by Nx's own client: with its tokens, and what it is trusted with. */
export class NxCacheStore implements Store {
  readonly width = WIDTH;
  readonly name = "Nx's remote cache";
  #cache: Promise<RemoteCache> | undefined;

  /**
   * @param timeout milliseconds that a request may take.
   * @param open finds the cache.
   */
  constructor(
    private readonly timeout: number,
    private readonly open: () => Promise<RemoteCache | null> = openCache,
  ) {}

  get(key: string): Promise<Buffer | undefined> {
    return this.#inFolder(async (cache, folder) => {
      const hash = hashOf(key);
      if (!(await cache.retrieve(hash, folder))) return undefined;
      const path = join(folder, hash, FILE);
      const state = await stat(path).catch(() => undefined);
      if (!state?.isFile()) return undefined;
      if (state.size > MOST_BYTES) throw new StoreError(`${this.name} gave ${state.size} bytes for a package`);
      return readFile(path);
    });
  }

  async put(key: string, content: Buffer): Promise<void> {
    await this.#inFolder(async (cache, folder) => {
      const hash = hashOf(key);
      await mkdir(join(folder, hash));
      await writeFile(join(folder, hash, FILE), content);
      await cache.store(hash, folder, '', 0);
    });
  }

  /** Entries come and go as folders: each in one of its own, which is removed. */
  async #inFolder<Result>(work: (cache: RemoteCache, folder: string) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(join(tmpdir(), 'nx-gopher-package-'));
    try {
      return await inTime(this.name, this.timeout, async () => work(await (this.#cache ??= this.#open()), folder));
    } catch (error) {
      throw error instanceof StoreError ? error : new StoreError(`${this.name}: ${firstLine(error)}`);
    } finally {
      // What came too late may still be written there.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  async #open(): Promise<RemoteCache> {
    const cache = await this.open().catch((error: unknown) => {
      throw new StoreError(`${this.name}: ${firstLine(error)}`, true);
    });
    if (!cache) throw new StoreError(`${this.name} is not there: this workspace has none`, true);
    return cache;
  }
}

async function openCache(): Promise<RemoteCache | null> {
  const { remoteCache } = await import('../../nx/remote-cache.js');
  return remoteCache();
}

function hashOf(key: string): string {
  return BigInt.asUintN(BITS, BigInt(`0x${key}`)).toString();
}

function firstLine(error: unknown): string | undefined {
  return messageOf(error).split('\n')[0];
}

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import type { RemoteCache } from '../../nx/remote-cache.js';
import { NxCacheStore } from './nx-cache.js';
import { openStore } from './open-store.js';

const KEY = `${'0'.repeat(48)}${'f'.repeat(16)}`;
const OTHER = 'b'.repeat(64);

let kept: string;
beforeEach(() => {
  kept = mkdtempSync(join(tmpdir(), 'nx-gopher-kept-'));
});
afterEach(() => rmSync(kept, { recursive: true }));

/** Keeps folders, as Nx's packages for storage do. */
const cache: RemoteCache = {
  retrieve: async (hash, directory) => {
    if (!existsSync(join(kept, hash))) return null;
    cpSync(join(kept, hash), join(directory, hash), { recursive: true });
    return {};
  },
  store: async (hash, directory) => {
    cpSync(join(directory, hash), join(kept, hash), { recursive: true });
    return true;
  },
};

it('keeps packages as entries of its own, under the numbers that Nx has for hashes', async () => {
  const store = new NxCacheStore(10_000, async () => cache);
  await expect(store.get(KEY)).resolves.toBeUndefined();
  await store.put(KEY, Buffer.from('content'));
  await expect(store.get(KEY)).resolves.toEqual(Buffer.from('content'));
  await expect(store.get(OTHER)).resolves.toBeUndefined();
  expect(readdirSync(kept)).toEqual(['18446744073709551615']);
});

it.each<[string, Partial<RemoteCache> | null, RegExp, boolean]>([
  ['none', null, /Nx's remote cache is not there/, true],
  ['one that never answers', { retrieve: () => new Promise(() => undefined) }, /did not answer in 0.2 s/, false],
  [
    'one that fails',
    { retrieve: () => Promise.reject(new Error('401\nwith a secret')) },
    /^Nx's remote cache: 401$/,
    false,
  ],
])('%s is said to be it', async (_what, given, says, isLasting) => {
  const store = new NxCacheStore(200, async () => given && { ...cache, ...given });
  const error = (await store.get(KEY).catch((thrown: unknown) => thrown)) as Error;
  expect(error.message).toMatch(says);
  expect(error).toMatchObject({ isLasting });
});

it('gives nothing for an entry that is something else', async () => {
  mkdirSync(join(kept, '18446744073709551615', 'package'), { recursive: true });
  await expect(new NxCacheStore(10_000, async () => cache).get(KEY)).resolves.toBeUndefined();
});

it('is opened by its name', () => {
  expect(openStore(undefined, '/a', { NX_GOPHER_STORE: 'nx' })?.store).toBeInstanceOf(NxCacheStore);
});

import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DAY, type DirectoryStore, type StoredFile } from './directory.js';

/** How much a directory may hold. */
export interface StoreLimits {
  /** Bytes. */
  readonly maxSize: number;
  /** Days since a package was last used. */
  readonly maxAge: number;
}

/** What went, and what is left. Sizes are bytes. */
export interface Pruned {
  readonly removed: number;
  readonly removedSize: number;
  readonly left: number;
  readonly leftSize: number;
}

/**
 * Removes from a directory what was not used for too long, and then the longest unused until the rest is small enough.
 * Runs that use it meanwhile find less, and nothing wrong.
 */
export async function prune(
  store: DirectoryStore,
  { maxSize, maxAge }: StoreLimits,
  now = Date.now(),
): Promise<Pruned> {
  const files = await store.files();
  let leftSize = sizeOf(files);
  const removed: StoredFile[] = [];
  for (const file of files) {
    if (leftSize <= maxSize && now - file.used <= maxAge * DAY) continue;
    await rm(file.path, { force: true });
    removed.push(file);
    leftSize -= file.size;
  }
  return { removed: removed.length, removedSize: sizeOf(removed), left: files.length - removed.length, leftSize };
}

/** As {@link prune}, once a day at most: a note in the directory says when it was last done. Does not throw. */
export async function pruneDaily(store: DirectoryStore, limits: StoreLimits): Promise<void> {
  const note = join(store.dir, 'pruned');
  try {
    const { mtimeMs } = await stat(note).catch(() => ({ mtimeMs: 0 }));
    if (Date.now() - mtimeMs < DAY) return;
    await writeFile(note, '');
    await prune(store, limits);
  } catch {
    // A later run tries again.
  }
}

/** Bytes. */
export function sizeOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { FileStates } from './snapshot.js';
import type { GroupListing } from './workspace.js';

/** What is kept on disk between two computations of the graph. */
export interface StoredListings {
  /** Everything that the listings depend on, see `loadWorkspace`. */
  readonly key: string;
  readonly files: FileStates;
  /** Directories inside the workspace that listings took packages from although Nx does not list them. */
  readonly extraDirs: readonly string[];
  /** Files that packages embed: a listing holds while they are there. */
  readonly embedded: readonly string[];
  readonly listings: Readonly<Record<string, GroupListing>>;
}

const NOTHING: StoredListings = { key: '', files: {}, extraDirs: [], embedded: [], listings: {} };

/** Reads what was stored; a missing or damaged file is as good as none. */
export function readStore(path: string): StoredListings {
  try {
    return { ...NOTHING, ...(JSON.parse(readFileSync(path, 'utf8')) as StoredListings) };
  } catch {
    return NOTHING;
  }
}

/** Writes by rename, so that two Nx processes at a time leave a whole file behind. */
export function writeStore(path: string, stored: StoredListings): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(stored));
  renameSync(temporary, path);
}

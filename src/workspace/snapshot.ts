import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

import { goHeader } from '../go/header.js';
import { SOURCE_KINDS } from '../go/source-kinds.js';

/** Per file, relative to the workspace's root: what `stat` said, and the digest of what a listing can depend on. */
export type FileStates = Readonly<Record<string, readonly [stat: string, digest: string]>>;

export interface Snapshot {
  readonly files: FileStates;
  /** Equal for two snapshots exactly when `go list` would see the same workspace. */
  readonly key: string;
}

const SOURCE = new RegExp(`\\.(${SOURCE_KINDS.join('|')})$`);

/**
 * Takes stock of the source files lying in package directories and of the manifests.
 *
 * A file whose size, times and inode are those of `known` is not read again (as git's index does it; the change time
 * cannot be set back). Bodies of functions do not count, see {@link goHeader}.
 *
 * @param dirs package directories, relative to the root; one that does not exist counts as empty.
 * @param manifests files that count with their whole text.
 */
export function takeSnapshot(
  workspaceRoot: string,
  dirs: readonly string[],
  manifests: readonly string[],
  known: FileStates,
): Snapshot {
  const files: Record<string, readonly [string, string]> = {};
  const started = Date.now();
  for (const dir of dirs) {
    for (const name of readDir(join(workspaceRoot, dir))) {
      if (SOURCE.test(name)) record(posix.join(dir, name), headerDigest);
    }
  }
  for (const file of manifests) record(file, contentDigest);
  const hash = createHash('sha256').update(JSON.stringify([...dirs].sort()));
  for (const file of Object.keys(files).sort()) hash.update(`${file}\0${files[file]?.[1]}\0`);
  return { files, key: hash.digest('hex') };

  function record(file: string, digest: (path: string) => string): void {
    const path = join(workspaceRoot, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return;
    // A file written within the clock's tick of being read could change once more without a new time.
    const settled = Math.max(stat.ctimeMs, stat.mtimeMs) < started - 100;
    const state = settled ? [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino].join(' ') : '';
    const before = known[file];
    files[file] = [state, state && before?.[0] === state ? before[1] : digest(path)];
  }
}

function headerDigest(path: string): string {
  if (!path.endsWith('.go')) return contentDigest(path);
  return digestOf(goHeader(readFileSync(path, 'latin1')));
}

function contentDigest(path: string): string {
  return digestOf(readFileSync(path, 'latin1'));
}

function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

function readDir(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // Deleted since Nx listed it: as good as empty.
    return [];
  }
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, posix, relative } from 'node:path';

import { goHeader } from '../go/header.js';
import { SOURCE_KINDS } from '../go/source-kinds.js';
import { isInside, toPosix } from '../paths.js';

/** Per file, relative to the workspace's root: what `stat` said, and the digest of what a listing can depend on. */
export type FileStates = Readonly<Record<string, readonly [stat: string, digest: string]>>;

export interface Snapshot {
  readonly files: FileStates;
  /** Where source files that are symbolic links lead to, inside the workspace. */
  readonly links: Readonly<Record<string, string>>;
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
 * @param present files that count by being there: embedded ones, for a pattern must match.
 */
export function takeSnapshot(
  workspaceRoot: string,
  dirs: readonly string[],
  manifests: readonly string[],
  known: FileStates,
  present: readonly string[] = [],
): Snapshot {
  const files: Record<string, readonly [string, string]> = {};
  const links: Record<string, string> = {};
  const started = Date.now();
  for (const dir of dirs) {
    for (const entry of readDir(join(workspaceRoot, dir))) {
      if (!SOURCE.test(entry.name)) continue;
      const file = posix.join(dir, entry.name);
      record(file, headerDigest);
      if (entry.isSymbolicLink()) Object.assign(links, linkTarget(workspaceRoot, file));
    }
  }
  for (const file of manifests) record(file, contentDigest);
  const hash = createHash('sha256').update(JSON.stringify([...dirs].sort()));
  for (const file of present) hash.update(existsSync(join(workspaceRoot, file)) ? `${file}\0` : '\0');
  for (const file of Object.keys(files).sort()) hash.update(`${file}\0${files[file]?.[1]}\0`);
  return { files, links, key: hash.digest('hex') };

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

function readDir(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // Deleted since Nx listed it: as good as empty.
    return [];
  }
}

function linkTarget(workspaceRoot: string, file: string): Record<string, string> {
  try {
    const root = realpathSync(workspaceRoot);
    const target = realpathSync(join(workspaceRoot, file));
    return isInside(root, target) ? { [file]: toPosix(relative(root, target)) } : {};
  } catch {
    // A dangling link is no file to go either.
    return {};
  }
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { posix, relative } from 'node:path';

import { goHeader } from '../../go/sources/header.js';
import { namesOf, SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { isInside, toPosix } from '../../paths.js';

/**
 * What `stat` says of a file or directory, in numbers that change with it. Empty when it was written so recently that it
 * could change once more without another time: then it is read again the next time.
 */
type Stamp = readonly number[];

/** A file's stamp, and the digest of what a listing can depend on; 0 for what is no file, such as a dangling link. */
type FileState = readonly [stamp: Stamp, digest: string] | 0;

/** The source files lying in a directory. */
export interface DirState {
  readonly stamp: Stamp;
  readonly names: readonly string[];
  /** By the place of the name. */
  readonly files: readonly FileState[];
  /** Those of the names that are symbolic links. */
  readonly links: readonly string[];
  /** Of the names and the files' digests; empty when no file is there. */
  readonly digest: string;
}

/** All that was read of a workspace, so that only what has changed since is read again. */
export interface FileStates {
  readonly dirs: Readonly<Record<string, DirState>>;
  readonly manifests: Readonly<Record<string, FileState>>;
}

export interface Snapshot {
  readonly states: FileStates;
  /** Where source files that are symbolic links lead to, inside the workspace. */
  readonly links: Readonly<Record<string, string>>;
  /** Whether anything was read that the known states did not tell. */
  readonly changed: boolean;
}

const SOURCE = namesOf(SOURCE_KINDS);

/** Milliseconds for which the clock of a file system may stand still. */
const TICK = 100;

/**
 * Takes stock of the source files lying in package directories and of the manifests.
 *
 * A file or directory whose size, times and inode are those of `known` is not read again (as git's index does it; the
 * change time cannot be set back). Bodies of functions do not count, see {@link goHeader}.
 *
 * @param dirs package directories, relative to the root; one that does not exist counts as empty.
 * @param manifests files that count with their whole text.
 */
export function takeSnapshot(
  workspaceRoot: string,
  dirs: Iterable<string>,
  manifests: Iterable<string>,
  known: FileStates,
): Snapshot {
  const reader = new Reader(workspaceRoot);
  const states = {
    dirs: Object.fromEntries([...dirs].map((dir) => [dir, reader.dir(dir, known.dirs[dir])])),
    manifests: Object.fromEntries(
      [...manifests].map((file) => [file, reader.file(file, contentDigest, known.manifests[file])]),
    ),
  };
  const links: Record<string, string> = {};
  for (const [dir, state] of Object.entries(states.dirs)) {
    for (const name of state.links) Object.assign(links, linkTarget(workspaceRoot, posix.join(dir, name)));
  }
  return { states, links, changed: reader.changed };
}

/** The digest of a manifest; empty when there is none. */
export function manifestDigest({ manifests }: FileStates, file: string): string {
  return manifests[file] ? manifests[file][1] : '';
}

class Reader {
  private readonly started = Date.now();
  changed = false;

  constructor(private readonly root: string) {}

  dir(dir: string, known: DirState | undefined): DirState {
    const path = `${this.root}/${dir}`;
    const stamp = this.stamp(statSync(path, { throwIfNoEntry: false }), (stat) => stat.isDirectory());
    const listed = known && isSame(stamp, known.stamp) ? known : readDir(path);
    const isKnown = listed === known;
    const before = new Map(isKnown ? [] : known?.names.map((name, index) => [name, known.files[index]]));
    const files = listed.names.map((name, index) => {
      const digest = name.endsWith('.go') ? headerDigest : contentDigest;
      return this.file(`${dir}/${name}`, digest, isKnown ? known.files[index] : before.get(name));
    });
    if (isKnown && files.every((file, index) => file === known.files[index])) return known;
    this.changed = true;
    return {
      stamp: stamp ?? [],
      names: listed.names,
      links: listed.links,
      files,
      digest: dirDigest(listed.names, files),
    };
  }

  file(file: string, digest: (path: string) => string, known: FileState | undefined): FileState {
    const path = `${this.root}/${file}`;
    const stamp = this.stamp(statSync(path, { throwIfNoEntry: false }), (stat) => stat.isFile());
    if (!stamp && known === 0) return known;
    if (known && isSame(stamp, known[0])) return known;
    this.changed = true;
    return stamp ? [stamp, digest(path)] : 0;
  }

  private stamp(stat: Stats | undefined, isWanted: (stat: Stats) => boolean): Stamp | undefined {
    if (!stat || !isWanted(stat)) return undefined;
    const settled = Math.max(stat.ctimeMs, stat.mtimeMs) < this.started - TICK;
    return settled ? [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino] : [];
  }
}

function isSame(stamp: Stamp | undefined, known: Stamp): boolean {
  return stamp !== undefined && stamp.length > 0 && stamp.every((value, index) => value === known[index]);
}

function headerDigest(path: string): string {
  return digestOf(goHeader(readFileSync(path, 'latin1')));
}

function contentDigest(path: string): string {
  return digestOf(readFileSync(path, 'latin1'));
}

function dirDigest(names: readonly string[], files: readonly FileState[]): string {
  const parts = names.flatMap((name, index) => (files[index] ? [`${name}\0${files[index][1]}`] : []));
  return parts.length ? digestOf(parts.join('\0')) : '';
}

function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

function readDir(path: string): Pick<DirState, 'names' | 'links'> {
  try {
    const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => SOURCE.test(name));
    return {
      names: entries.map(({ name }) => name).sort(),
      links: entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name),
    };
  } catch {
    // Deleted since Nx listed it: as good as empty.
    return { names: [], links: [] };
  }
}

function linkTarget(workspaceRoot: string, file: string): Record<string, string> {
  try {
    const root = realpathSync(workspaceRoot);
    const target = realpathSync(posix.join(workspaceRoot, file));
    return isInside(root, target) ? { [file]: toPosix(relative(root, target)) } : {};
  } catch {
    // A dangling link is no file to go either.
    return {};
  }
}

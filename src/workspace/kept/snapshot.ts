import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, type Stats } from 'node:fs';
import { posix } from 'node:path';

import { ByName, type ReadonlyByName } from '../../by-name.js';
import { readRegularFile, statOf } from '../../files.js';
import { goHeader } from '../../go/sources/header.js';
import { namesOf, SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { fromRoot, isInWorkspace } from '../../paths.js';
import { isSameStamp, stampOf, type Stamp } from './stamp.js';

/**
 * A file's stamp, and the digest of what a listing can depend on; 0 for what is no regular file, such as a dangling
 * link.
 */
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

/** All that was read of the sources of package directories, so that only what has changed since is read again. */
export type DirStates = ReadonlyByName<DirState>;

export interface Snapshot {
  readonly dirs: DirStates;
  /** Where source files that are symbolic links lead to, inside the workspace. */
  readonly links: ReadonlyMap<string, string>;
  /** Whether anything was read that the known states did not tell. */
  readonly changed: boolean;
}

const SOURCE = namesOf(SOURCE_KINDS);

/**
 * Takes stock of the source files lying in package directories.
 *
 * A file or directory whose size, times and inode are those of `known` is not read again (as git's index does it; the
 * change time cannot be set back). Bodies of functions do not count, see {@link goHeader}.
 *
 * @param dirs package directories, relative to the root; one that does not exist counts as empty.
 */
export function takeSnapshot(workspaceRoot: string, dirs: Iterable<string>, known: DirStates): Snapshot {
  const reader = new Reader(workspaceRoot);
  const states = new ByName(Array.from(dirs, (dir) => [dir, reader.dir(dir, known.get(dir))] as const));
  const links = new Map<string, string>();
  for (const [dir, state] of states) {
    for (const name of state.links) {
      const target = linkTarget(workspaceRoot, posix.join(dir, name));
      if (target !== undefined) links.set(posix.join(dir, name), target);
    }
  }
  return { dirs: states, links, changed: reader.changed };
}

class Reader {
  private readonly started = Date.now();
  changed = false;

  constructor(private readonly root: string) {}

  dir(dir: string, known: DirState | undefined): DirState {
    const path = `${this.root}/${dir}`;
    const stamp = this.stamp(path, (stat) => stat.isDirectory());
    const listed = known && isSameStamp(stamp, known.stamp) ? known : readDir(path);
    const isKnown = listed === known;
    const before = new Map(isKnown ? [] : known?.names.map((name, index) => [name, known.files[index]]));
    const files = listed.names.map((name, index) => {
      const digest = name.endsWith('.go') ? headerDigest : digestOf;
      return this.file(`${path}/${name}`, digest, isKnown ? known.files[index] : before.get(name));
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

  private file(path: string, digest: (text: string) => string, known: FileState | undefined): FileState {
    const stamp = this.stamp(path, (stat) => stat.isFile());
    if (!stamp && known === 0) return known;
    if (known && isSameStamp(stamp, known[0])) return known;
    this.changed = true;
    if (!stamp) return 0;
    try {
      return [stamp, digest(readRegularFile(path).toString('latin1'))];
    } catch (error) {
      // Go meets the same and names the file. It has no stamp: a permission may be given without a change of the file.
      return [[], `unreadable: ${(error as NodeJS.ErrnoException).code}`];
    }
  }

  private stamp(path: string, isWanted: (stat: Stats) => boolean): Stamp | undefined {
    const stat = statOf(path);
    return stat && isWanted(stat) ? stampOf(stat, this.started) : undefined;
  }
}

function headerDigest(text: string): string {
  return digestOf(goHeader(text));
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
    // Deleted since Nx listed it, or not to be read: as good as empty.
    return { names: [], links: [] };
  }
}

function linkTarget(workspaceRoot: string, file: string): string | undefined {
  try {
    const target = fromRoot(realpathSync(workspaceRoot), realpathSync(posix.join(workspaceRoot, file)));
    return isInWorkspace(target) ? target : undefined;
  } catch {
    // A dangling link is no file to go either.
    return undefined;
  }
}

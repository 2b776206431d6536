import { createHash } from 'node:crypto';
import { readdirSync, type Stats } from 'node:fs';
import { posix } from 'node:path';

import { ByName, type ReadonlyByName } from '../../by-name.js';
import { linkTarget, readRegularFile, statOf } from '../../files.js';
import { generateLines } from '../../go/generators/generate-lines.js';
import { goHeader } from '../../go/sources/header.js';
import { namesOf, SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { isSameStamp, stampOf, type Stamp } from './stamp.js';

/**
 * A file's stamp, the digest of what a listing can depend on, and its `//go:generate` lines if it has any. What is no
 * regular file has a number: 0 for what go says an error of, such as a dangling link or a socket, 1 for what it would
 * wait for or read without end.
 */
type FileState = readonly [stamp: Stamp, digest: string, generators?: readonly string[]] | 0 | 1;

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

/** By directory: the files that hold `//go:generate` lines, with them. */
export type GeneratorFiles = ReadonlyByName<readonly (readonly [file: string, lines: readonly string[]])[]>;

export interface Snapshot {
  readonly dirs: DirStates;
  /** Where source files that are symbolic links lead to, inside the workspace. */
  readonly links: ReadonlyMap<string, string>;
  /** Files that are named pipes or devices: go would wait for them, or read them without end. */
  readonly endless: readonly string[];
  /** By directory: the files that hold `//go:generate` lines, with them. */
  readonly generators: GeneratorFiles;
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
      const target = linkTarget(workspaceRoot, posix.join(workspaceRoot, dir, name));
      if (target !== undefined) links.set(posix.join(dir, name), target);
    }
  }
  const endless = [...states].flatMap(([dir, { names, files }]) =>
    names.filter((_, index) => files[index] === 1).map((name) => posix.join(dir, name)),
  );
  return { dirs: states, links, endless, generators: generatorsIn(states), changed: reader.changed };
}

function generatorsIn(states: DirStates): GeneratorFiles {
  const found = [...states].flatMap(([dir, { names, files }]) => {
    const withLines = names.flatMap((name, index) => {
      const state = files[index];
      return state && state !== 1 && state[2] ? [[name, state[2]] as const] : [];
    });
    return withLines.length > 0 ? [[dir, withLines] as const] : [];
  });
  return new ByName(found);
}

class Reader {
  private readonly started = Date.now();
  changed = false;

  constructor(private readonly root: string) {}

  dir(dir: string, known: DirState | undefined): DirState {
    const path = `${this.root}/${dir}`;
    const stat = statOf(path);
    const stamp = stat?.isDirectory() ? stampOf(stat, this.started) : undefined;
    const listed = known && isSameStamp(stamp, known.stamp) ? known : readDir(path);
    const isKnown = listed === known;
    const before = new Map(isKnown ? [] : known?.names.map((name, index) => [name, known.files[index]]));
    const files = listed.names.map((name, index) => {
      return this.file(`${path}/${name}`, isKnown ? known.files[index] : before.get(name));
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

  private file(path: string, known: FileState | undefined): FileState {
    const stat = statOf(path);
    if (!stat?.isFile()) {
      const state = stat && isEndless(stat) ? 1 : 0;
      this.changed ||= known !== state;
      return state;
    }
    const stamp = stampOf(stat, this.started);
    if (known && known !== 1 && isSameStamp(stamp, known[0])) return known;
    this.changed = true;
    try {
      const text = readRegularFile(path);
      if (!path.endsWith('.go')) return [stamp, digestOf(text.toString('latin1'))];
      const lines = generateLines(text.toString('utf8'));
      const digest = headerDigest(text.toString('latin1'));
      return lines.length > 0 ? [stamp, digest, lines] : [stamp, digest];
    } catch (error) {
      // Go meets the same and names the file. It has no stamp: a permission may be given without a change of the file.
      return [[], `unreadable: ${(error as NodeJS.ErrnoException).code}`];
    }
  }
}

function isEndless(stat: Stats): boolean {
  return stat.isFIFO() || stat.isCharacterDevice() || stat.isBlockDevice();
}

function headerDigest(text: string): string {
  return digestOf(goHeader(text));
}

function dirDigest(names: readonly string[], files: readonly FileState[]): string {
  const parts = names.flatMap((name, index) => {
    const state = files[index];
    return state ? [`${name}\0${state === 1 ? 'endless' : state[1]}`] : [];
  });
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

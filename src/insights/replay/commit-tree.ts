import { join, posix } from 'node:path';

import { minimatch } from 'minimatch';

import { isSourceName } from '../../go/sources/package-files.js';
import type { EmbeddedFiles } from '../../go/sources/embedded-files.js';
import type { TreeEntry } from './git-objects.js';

/** Go's path.Match knows neither braces nor extended globs, and its `*` takes a leading dot. */
const GO_MATCH = { dot: true, nobrace: true, noext: true, noglobstar: true, nocomment: true, nonegate: true } as const;

/** The files of a commit, by their directories. Paths are from the workspace's root. */
export class CommitTree {
  /** The blob of each file. */
  readonly blobs: ReadonlyMap<string, string>;
  /** The names in each directory that has files; sorted as git does. */
  private readonly names = new Map<string, string[]>();
  /** What lies below `testdata` of a directory. */
  private readonly testdata = new Map<string, string[]>();

  /** @param entries symbolic links with the blob of the file that they lead to, where there is one. */
  constructor(entries: readonly TreeEntry[]) {
    this.blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
    for (const path of this.blobs.keys()) {
      const dir = posix.dirname(path);
      pushTo(this.names, dir, posix.basename(path));
      const [, owner, below] = /^(?:(.*?)\/)?(testdata\/.*)$/.exec(path) ?? [];
      if (below !== undefined) pushTo(this.testdata, owner ?? '.', path);
    }
  }

  get dirs(): Iterable<string> {
    return this.names.keys();
  }

  /** The names of a directory's files. */
  filesIn(dir: string): readonly string[] {
    return this.names.get(dir) ?? [];
  }

  /** The names of those that go looks at, sorted. */
  sourcesIn(dir: string): string[] {
    return this.filesIn(dir).filter(isSourceName).sort();
  }

  testdataOf(dir: string): readonly string[] {
    return this.testdata.get(dir) ?? [];
  }

  /** As {@link findEmbeddedFiles}. */
  embeddedFiles(dir: string, patterns: readonly string[]): EmbeddedFiles {
    if (patterns.length === 0) return { files: [] };
    const below = this.below(dir);
    const files = new Set<string>();
    for (const pattern of patterns) {
      const all = pattern.startsWith('all:');
      const matches = this.matchesOf(dir, below, all ? pattern.slice('all:'.length) : pattern, all);
      if (matches.length === 0) return { files: [], unmatched: pattern };
      for (const file of matches) files.add(file);
    }
    return { files: [...files].sort() };
  }

  private matchesOf(dir: string, below: readonly string[], pattern: string, all: boolean): string[] {
    return below.filter((file) => {
      if (minimatch(file, pattern, GO_MATCH)) return true;
      // A directory is taken whole, but for hidden files and other modules.
      return aboveOf(file).some((above) => {
        if (pattern !== '.' && !minimatch(above, pattern, GO_MATCH)) return false;
        const rest = file.slice(above.length + 1).split('/');
        return (all || !rest.some((name) => /^[._]/.test(name))) && !this.isOtherModule(dir, above, rest);
      });
    });
  }

  /** Whether a go.mod lies in the matched directory, or between it and the file. */
  private isOtherModule(dir: string, above: string, rest: readonly string[]): boolean {
    return rest.some((_, index) => this.blobs.has(posix.join(dir, above, ...rest.slice(0, index), 'go.mod')));
  }

  private below(dir: string): string[] {
    if (dir === '.') return [...this.blobs.keys()];
    return [...this.blobs.keys()]
      .filter((path) => path.startsWith(`${dir}/`))
      .map((path) => path.slice(dir.length + 1));
  }
}

/** The files of a commit, where symbolic links stand for what they lead to. @param targets by the blobs of links. */
export function commitTree(entries: readonly TreeEntry[], targets: ReadonlyMap<string, Buffer>): CommitTree {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const followed = (entry: TreeEntry, depth: number): TreeEntry => {
    if (!entry.isLink || depth > 40) return entry;
    const target = byPath.get(join(posix.dirname(entry.path), targets.get(entry.blob)?.toString() ?? ''));
    return target ? { ...followed(target, depth + 1), path: entry.path } : entry;
  };
  return new CommitTree(entries.map((entry) => followed(entry, 0)));
}

/** `a`, `a/b` of `a/b/c`. */
function aboveOf(file: string): string[] {
  const names = file.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

function pushTo(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

import { posix } from 'node:path';

import { Git } from '../../doctor/git.js';
import { nearestDir } from '../../paths.js';

/** Which commits of some days changed which files. */
export class FileChanges {
  private constructor(
    /** How many commits there were. */
    readonly commits: number,
    private readonly byFile: ReadonlyMap<string, ReadonlySet<number>>,
  ) {}

  /** The commits of the last days that the checked out one stands on, without merges. None outside of git. */
  static async since(root: string, days: number): Promise<FileChanges> {
    const log = await new Git(root).changedFiles(days);
    const byFile = new Map<string, Set<number>>();
    for (const [commit, files] of log.entries()) {
      for (const file of files) byFile.set(file, (byFile.get(file) ?? new Set()).add(commit));
    }
    return new FileChanges(log.length, byFile);
  }

  /**
   * How many commits changed what a package is compiled from, by its directory: a file belongs to the package of its
   * directory or of the nearest above, which may embed it.
   *
   * @param dirs of all packages.
   */
  byPackage(dirs: ReadonlySet<string>): Map<string, number> {
    const changes = new Map<string, Set<number>>();
    for (const [file, commits] of this.byFile) {
      const dir = nearestDir(posix.dirname(file), (one) => dirs.has(one));
      if (dir === undefined || !countsFor(file, dir)) continue;
      const known = changes.get(dir) ?? new Set();
      for (const commit of commits) known.add(commit);
      changes.set(dir, known);
    }
    return new Map(Array.from(changes, ([dir, commits]) => [dir, commits.size]));
  }
}

/** Below a package's directory only what it may embed counts; tests, documents and manifests count nowhere. */
function countsFor(file: string, dir: string): boolean {
  if (/_test\.go$|(^|\/)testdata\/|\.md$|(^|\/)(go\.(mod|sum|work)|OWNERS)$/.test(file)) return false;
  return file.endsWith('.go') ? posix.dirname(file) === dir : dir !== '.' || posix.dirname(file) === '.';
}

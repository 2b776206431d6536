import { join, posix, resolve } from 'node:path';

import type { PackageModule } from '../../go/listing/package.js';
import type { TagMatcher } from '../../go/sources/build-constraint.js';
import { findEmbeddedFiles, type EmbeddedFiles } from '../../go/sources/embedded-files.js';
import { readPackageFiles, sortPackageFiles, type PackageFiles } from '../../go/sources/package-files.js';
import { isFile, statOf } from '../../files.js';
import { fromRoot, isInside } from '../../paths.js';
import { isPackageOf, type SourceTree } from '../../workspace/scan/source-tree.js';
import type { CommitTree } from './commit-tree.js';
import type { GitObjects } from './git-objects.js';

/** Directories of a commit that are read at once. */
const CHUNK = 500;

/** Reads each state of a directory once, whichever commits it is in. */
export class SourceReader {
  /** Packages by their directory and the blobs in it. */
  private readonly packages = new Map<string, PackageFiles>();
  /** What was found in the cache of modules, which go never changes: the same for all commits. */
  private readonly external = new Map<string, unknown>();

  constructor(
    private readonly root: string,
    private readonly objects: GitObjects,
    /** GOMODCACHE. */
    private readonly moduleCache: string,
    private readonly matches: TagMatcher,
  ) {}

  /** The sources of a commit. @param unknown takes the modules that are not downloaded. */
  async read(tree: CommitTree, unknown: Set<string>): Promise<SourceTree> {
    const keys = new Map([...tree.dirs].map((dir) => [dir, this.key(dir, tree)] as const));
    const missing = [...keys].filter(([, key]) => key !== '' && !this.packages.has(key));
    for (let start = 0; start < missing.length; start += CHUNK)
      await this.add(missing.slice(start, start + CHUNK), tree);
    return this.treeOf(tree, keys, unknown);
  }

  private key(dir: string, tree: CommitTree): string {
    const names = tree.sourcesIn(dir);
    if (!names.some((name) => name.endsWith('.go'))) return '';
    return [dir, ...names.map((name) => `${name} ${tree.blobs.get(posix.join(dir, name))}`)].join('\0');
  }

  private async add(dirs: readonly (readonly [dir: string, key: string])[], tree: CommitTree): Promise<void> {
    const blobOf = (dir: string, name: string): string => tree.blobs.get(posix.join(dir, name)) as string;
    const wanted = new Set(dirs.flatMap(([dir]) => tree.sourcesIn(dir).map((name) => blobOf(dir, name))));
    const contents = await this.objects.contents([...wanted]);
    for (const [dir, key] of dirs) {
      const textOf = (name: string): string => (contents.get(blobOf(dir, name)) as Buffer).toString('utf8');
      this.packages.set(key, sortPackageFiles(resolve(this.root, dir), tree.sourcesIn(dir), textOf, this.matches));
    }
  }

  private treeOf(tree: CommitTree, keys: ReadonlyMap<string, string>, unknown: Set<string>): SourceTree {
    const { root } = this;
    const none = sortPackageFiles('', [], () => '', this.matches);
    const inCommit = (dir: string): string | undefined => (isInside(root, dir) ? fromRoot(root, dir) : undefined);
    return {
      packageFiles: (dir): PackageFiles => {
        const path = inCommit(dir);
        return path === undefined
          ? this.once(`files ${dir}`, () => readPackageFiles(dir, this.matches))
          : (this.packages.get(keys.get(path) ?? '') ?? none);
      },
      embeddedFiles: (dir, patterns): EmbeddedFiles => {
        const path = inCommit(dir);
        return path === undefined
          ? this.once(`embedded ${dir}\0${patterns.join('\0')}`, () => findEmbeddedFiles(dir, patterns))
          : tree.embeddedFiles(path, patterns);
      },
      isPackageOf: (moduleDir, dir): boolean => {
        const path = inCommit(dir);
        return path === undefined
          ? this.once(`package ${moduleDir}\0${dir}`, () => isPackageOf(moduleDir, dir))
          : isPackageInTree(tree, fromRoot(root, moduleDir), path);
      },
      downloaded: (module): string | undefined => {
        const version = versionOf(module);
        const dir = this.once(`module ${version}`, () => downloadedDir(this.moduleCache, module));
        if (dir === undefined) unknown.add(version);
        return dir;
      },
    };
  }

  private once<T>(key: string, find: () => T): T {
    if (!this.external.has(key)) this.external.set(key, find());
    return this.external.get(key) as T;
  }
}

/** `path@version` of a module, or of what replaces it. */
export function versionOf({ path, version, replace }: PackageModule): string {
  const own = `${path}@${version}`;
  return replace ? `${own} => ${replace.path}@${replace.version}` : own;
}

function isPackageInTree(tree: CommitTree, moduleDir: string, dir: string): boolean {
  for (let current = dir; current !== moduleDir; current = posix.dirname(current)) {
    if (current === '.' || tree.blobs.has(posix.join(current, 'go.mod'))) return false;
  }
  return tree.filesIn(dir).some((name) => name.endsWith('.go'));
}

/** Where the go command keeps a module: capital letters are written `!a`. */
function downloadedDir(moduleCache: string, { path, version, replace }: PackageModule): string | undefined {
  const source = replace ?? { path, version };
  const escaped = (text: string): string => text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  const dir = join(moduleCache, `${escaped(source.path)}@${escaped(source.version)}`);
  // Go marks what it has not unpacked whole.
  const partial = join(moduleCache, 'cache/download', escaped(source.path), '@v', `${escaped(source.version)}.partial`);
  return statOf(dir)?.isDirectory() && !isFile(partial) ? dir : undefined;
}

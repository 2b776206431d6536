import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { isFile, statOf } from '../../files.js';
import { modulePath } from '../../go/modules/mod-file.js';
import type { GoCommand } from '../../go/process/command.js';
import { fromRoot, nearestDir } from '../../paths.js';
import { usedDirectories } from '../../workspace/modules/module-context.js';
import { Manifests } from '../../workspace/modules/manifests.js';
import { FileSets } from '../decide/file-sets.js';
import { ServedPackages, type ListingScope } from './served-packages.js';

const MANIFEST = /^(go\.(mod|sum|work|work\.sum)|modules\.txt)$/;

/** The served programs of one module and one build configuration, and the files that they are made of. */
export class Scope {
  readonly #packages: ServedPackages;
  readonly #modules: readonly { readonly dir: string; readonly path: string }[];
  /** Directories of main packages, and what was last listed as a whole for each. */
  readonly #good: Map<string, FileSets>;
  #sets: FileSets | undefined;

  /** @param earlier what was known before the manifests changed. */
  constructor(
    private readonly scope: ListingScope,
    go: GoCommand,
    earlier?: Scope,
  ) {
    this.#packages = new ServedPackages(scope, go);
    this.#modules = modulesOf(scope);
    this.#good = new Map(earlier?.good);
    this.#sets = earlier?.sets;
  }

  get good(): ReadonlyMap<string, FileSets> {
    return this.#good;
  }

  /** The file sets of the last listing; undefined as long as none could be made. */
  get sets(): FileSets | undefined {
    return this.#sets;
  }

  /**
   * Brings the listing up to date with changed files.
   *
   * @param mains import paths of the programs by their directory.
   * @returns what go says where it cannot list anything.
   */
  async update(mains: ReadonlyMap<string, string>, changed: readonly string[]): Promise<string | undefined> {
    const before = this.#sets;
    const touched = changed.flatMap((path) => before?.concerned(path) ?? []);
    const isGone = (path: string): boolean => !isFile(join(this.scope.workspaceRoot, path));
    const forced = changed.filter((path) => before?.mayBeEmbedded(path) || isGone(path));
    try {
      const forcedDirs = forced.flatMap((path) => before?.concerned(path) ?? []);
      if (await this.#packages.update([...mains.keys()], touched, forcedDirs)) this.#refresh(mains);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The file sets that count for a main package: with those last found good where the present ones are not whole. */
  setsOf(dir: string, importPath: string): FileSets[] {
    const sets = this.#sets;
    const good = this.#good.get(dir);
    const all = sets?.isWhole(importPath) ? [sets] : [sets, good];
    return all.flatMap((one) => one ?? []);
  }

  /** Whether a path is a manifest that go reads for the programs. */
  isManifest(path: string): boolean {
    if (!MANIFEST.test(posix.basename(path))) return false;
    const dir = posix.dirname(path);
    const own = this.#modules.map((module) => module.dir);
    return [...own, ...(this.#sets?.packageDirs ?? [])].some(
      (one) => dir === '.' || one === dir || one.startsWith(`${dir}/`) || dir === posix.join(one, 'vendor'),
    );
  }

  /** The directories in which a change can matter, those with manifests too. */
  dirs(): Set<string> {
    const dirs = new Set([...this.#modules.map((module) => module.dir), ...this.#missing()]);
    for (const sets of new Set([this.#sets, ...this.#good.values()]))
      for (const dir of sets?.dirs() ?? []) dirs.add(dir);
    for (const { dir } of this.#modules)
      if (isFile(join(this.scope.workspaceRoot, dir, 'vendor/modules.txt'))) dirs.add(posix.join(dir, 'vendor'));
    return dirs;
  }

  #refresh(mains: ReadonlyMap<string, string>): void {
    const { listing } = this.#packages;
    if (!listing) return;
    const sets = new FileSets(this.scope.workspaceRoot, listing);
    for (const [dir, importPath] of mains) if (sets.isWhole(importPath)) this.#good.set(dir, sets);
    this.#sets = sets;
  }

  /** Where packages would be that are imported and not there. */
  #missing(): string[] {
    const root = this.scope.workspaceRoot;
    // Of a place outside of the workspace, as far up as to what it has in common with it.
    const isThere = (dir: string): boolean =>
      dir === '.' || dir === '..' || (statOf(join(root, dir))?.isDirectory() ?? false);
    return [...(this.#packages.listing?.values() ?? [])].flatMap(({ dir, importPath, errors }) => {
      const module = this.#modules.find(({ path }) => importPath === path || importPath.startsWith(`${path}/`));
      if (dir !== '' || errors.length === 0 || !module) return [];
      return nearestDir(posix.join(module.dir, importPath.slice(module.path.length)), isThere) ?? [];
    });
  }
}

/** The modules that a go.work uses, or the one that stands alone; directories from the workspace's root. */
function modulesOf({ workspaceRoot, module }: ListingScope): { dir: string; path: string }[] {
  const used = module.workFile ? usedDirectories(module.workFile, new Manifests(workspaceRoot)) : [];
  return [...new Set([module.moduleDir, module.cwd, ...used])].flatMap((absolute) => {
    const file = join(absolute, 'go.mod');
    const path = isFile(file) ? (modulePath(readFileSync(file, 'utf8')) ?? '') : '';
    return [{ dir: fromRoot(workspaceRoot, absolute), path: path || '?' }];
  });
}

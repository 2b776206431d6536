import { posix } from 'node:path';

import { minimatch } from 'minimatch';

import type { Listing, Package } from '../../go/listing/package.js';
import { namesOf, SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { Closures } from '../../workspace/listing/closure.js';
import { importChain } from '../../workspace/listing/import-chain.js';
import { isInWorkspace } from '../../paths.js';
import { sourceDir } from '../list/paths.js';

const SOURCE = namesOf(SOURCE_KINDS);
/** The profile that a build of a main package takes when it is there. */
const PROFILE = 'default.pgo';

/** The files that the packages of a listing are compiled from, and what follows from a change to one. */
export class FileSets {
  readonly #closures: Closures;
  readonly #byDir = new Map<string, Package[]>();
  readonly #byFile = new Map<string, Package[]>();
  /** Directories in which a file may come to be embedded. */
  readonly #embedDirs = new Map<string, Package[]>();
  readonly #headers: { readonly glob: string; readonly pkg: Package }[] = [];

  constructor(
    private readonly root: string,
    private readonly listing: Listing,
  ) {
    this.#closures = Closures.of(listing);
    for (const pkg of listing.values()) this.#add(pkg);
  }

  /** All files of all packages, but for those of modules in go's cache. */
  get files(): Iterable<string> {
    return this.#byFile.keys();
  }

  /** The directories of the packages. */
  get packageDirs(): Iterable<string> {
    return this.#byDir.keys();
  }

  /** The directories in which a change can matter. */
  dirs(): Set<string> {
    const headerDirs = this.#headers.map(({ glob }) => glob.replace(/\/[^/]*[*{].*$/, ''));
    const ofFiles = [...this.#byFile.keys()].map((file) => posix.dirname(file));
    return new Set([...this.#byDir.keys(), ...ofFiles, ...this.#embedDirs.keys(), ...headerDirs]);
  }

  /** The packages that are compiled from a file. */
  holders(path: string): readonly Package[] {
    const ofHeaders = this.#headers.filter(({ glob }) => minimatch(path, glob, { dot: true })).map(({ pkg }) => pkg);
    return [...(this.#byFile.get(path) ?? []), ...ofHeaders];
  }

  /** The directories of the packages that a path may be part of from now on, or no longer. */
  concerned(path: string): string[] {
    const own = this.#byFile.get(path) ?? [];
    const embedding = own.length ? [] : [...this.#embedDirs].flatMap(([dir, pkgs]) => (isBelow(dir, path) ? pkgs : []));
    const dirs = [...own, ...embedding].flatMap((pkg) => sourceDir(this.root, pkg) ?? []);
    const dir = posix.dirname(path);
    return SOURCE.test(path) && this.#byDir.has(dir) ? [...dirs, dir] : dirs;
  }

  /** Whether a file that no package is compiled from may be embedded now: only a new listing tells. */
  mayBeEmbedded(path: string): boolean {
    return !this.#byFile.has(path) && [...this.#embedDirs.keys()].some((dir) => isBelow(dir, path));
  }

  /** The files of the packages that lie at or below a path. */
  below(path: string): string[] {
    return [...this.#byFile.keys()].filter((file) => isBelow(path, file));
  }

  /** Whether a program is made of a package. Both by import path. */
  contains(main: string, importPath: string): boolean {
    const [number] = this.#closures.numbersOf([importPath]);
    return number !== undefined && this.#closures.closure([main]).has(number);
  }

  /** The packages by which a program comes to be made of another one: a shortest chain of imports, both included. */
  chain(main: string, importPath: string): string[] {
    const chain = importChain(this.listing, [main], importPath, { tests: false }) ?? [];
    return chain.map((path) => this.#shown(path));
  }

  /** Whether all that a program is made of could be listed. */
  isWhole(main: string): boolean {
    const closure = this.#closures.packagesIn(this.#closures.closure([main]));
    return closure.length > 0 && closure.every((pkg) => pkg.errors.length === 0 && pkg.files.length > 0);
  }

  /** What go says of packages that a program is made of. */
  errorsOf(main: string): string[] {
    const closure = this.#closures.packagesIn(this.#closures.closure([main]));
    return closure.flatMap(({ errors }) =>
      errors.map(({ position, message }) => (position ? `${position}: ${message}` : message)),
    );
  }

  /** The package in a directory. */
  packageIn(dir: string): Package | undefined {
    return this.#byDir.get(dir)?.[0];
  }

  #add(pkg: Package): void {
    const dir = sourceDir(this.root, pkg);
    if (dir === undefined) return;
    push(this.#byDir, dir, pkg);
    const profile = pkg.name === 'main' ? [PROFILE] : [];
    for (const file of [...pkg.files, ...pkg.embedFiles, ...profile]) push(this.#byFile, posix.join(dir, file), pkg);
    for (const [, target] of pkg.linkTargets ?? []) push(this.#byFile, target, pkg);
    for (const pattern of pkg.embedPatterns) push(this.#embedDirs, embedDir(dir, pattern), pkg);
    for (const glob of pkg.headerGlobs ?? []) this.#headers.push({ glob: glob.replace('{workspaceRoot}/', ''), pkg });
  }

  #shown(importPath: string): string {
    const pkg = this.listing.get(importPath);
    const dir = pkg && sourceDir(this.root, pkg);
    return dir !== undefined && isInWorkspace(dir) ? dir : importPath;
  }
}

/** The directory of an embed pattern's files, as far as it is certain. */
function embedDir(dir: string, pattern: string): string {
  const plain = pattern.replace(/^all:/, '');
  const certain = plain.split('/');
  const wild = certain.findIndex((part) => /[*?[\\]/.test(part));
  // What a pattern without wildcards names may be a file or a directory.
  return posix.join(dir, ...(wild < 0 ? certain : certain.slice(0, wild)));
}

function isBelow(dir: string, path: string): boolean {
  return dir === '.' || path === dir || path.startsWith(`${dir}/`);
}

function push(map: Map<string, Package[]>, key: string, pkg: Package): void {
  const known = map.get(key);
  if (!known) map.set(key, [pkg]);
  else if (!known.includes(pkg)) known.push(pkg);
}

import fastGlob from 'fast-glob';
import { minimatch } from 'minimatch';

import { MANIFESTS } from '../facts/manifests.js';
import type { BuildConfiguration } from '../go/configuration/build-configuration.js';
import type { Package } from '../go/listing/package.js';
import {
  excludingGlob,
  excludingSourceGlob,
  isExcludedByGlob,
  isExcludedBySourceGlob,
  SOURCE_FILES,
  type Platform,
} from './build-constraints.js';
import { embedInputs, type Inputs } from './embed-patterns.js';

/** A package as one build configuration sees it. */
export interface PackageVariant {
  readonly pkg: Package;
  readonly configuration: BuildConfiguration;
}

/**
 * The named input that each package's project has for {@link foreignFiles}: written out, it would be half the graph.
 */
export const FOREIGN_FILES_INPUT = 'goForeignFiles';

/**
 * What a file set starts from: `{projectRoot}`, or `{workspaceRoot}/<dir>` for a package without a project of its own.
 */
export interface Base {
  readonly prefix: string;
  /** The platform that the project's {@link FOREIGN_FILES_INPUT} is for, if it has one. */
  readonly platform?: Platform | undefined;
  /** Globs, without the directory, of the Go files that tasks write: hashed from disk, be they there already or not. */
  readonly generated?: readonly string[];
  /** The submodule of git that the directory lies in. */
  readonly submodule?: string | undefined;
}

/** By prefix and platforms: for most packages they are the same. */
const foreign = new Map<string, string>();

/** Exclusions of what the go command never compiles for the platforms, told by the name alone. */
export function foreignFiles(platforms: readonly Platform[], prefix: string): string[] {
  const id = [prefix, ...platforms.flatMap(({ goos, goarch }) => [goos, goarch])].join('\0');
  const glob = foreign.get(id) ?? `!${prefix}/${excludingGlob(platforms)}`;
  foreign.set(id, glob);
  return [hiddenFiles(prefix), glob];
}

function hiddenFiles(prefix: string): string {
  return `!${prefix}/{_,.}${SOURCE_FILES}`;
}

/**
 * The file sets of what is compiled into a package under any of the build configurations: globs rather than lists of
 * files, so that a new or deleted file matches too.
 */
export function sourcePatterns(variants: readonly PackageVariant[], base: Base): Inputs {
  return sourcesWithout(
    exclusions(variants, base, ({ files }) => files),
    variants,
    base,
  );
}

/**
 * As {@link sourcePatterns}, for a named input that holds nothing else: to other inputs, users may add files.
 */
export function namedSources(variants: readonly PackageVariant[], base: Base): Inputs {
  const platforms = variants.map(({ configuration }) => configuration);
  const globHolds = !variants.some(({ pkg }) => pkg.files.some((name) => isExcludedBySourceGlob(name, platforms)));
  const foreign = globHolds ? [excludingSourceGlob(platforms)] : [];
  return sourcesWithout(
    ['{_,.}*', ...foreign].map((glob) => `!${base.prefix}/${glob}`),
    variants,
    base,
  );
}

function sourcesWithout(excluded: readonly string[], variants: readonly PackageVariant[], base: Base): Inputs {
  const { prefix } = base;
  return [
    `${prefix}/${SOURCE_FILES}`,
    `!${prefix}/*_test.go`,
    ...excluded,
    ...embeds(variants, (pkg) => pkg.embedPatterns),
    ...headers(variants),
    ...linked(variants, prefix, isNoTest),
    ...gitlink(base),
    ...untracked(variants, base, isNoTest),
  ];
}

/**
 * The file sets that a package's own test adds: with its tests, the other files that lie in its directory, its
 * testdata, and what the tests embed. Holds the package's own sources too.
 *
 * The directory's manifests of Go, npm and Nx stay out: nx.json is in every hash anyway, and the others would tie the
 * test to every bump of a module or a package.
 */
export function testPatterns(variants: readonly PackageVariant[], base: Base): Inputs {
  const { prefix } = base;
  return [
    `${prefix}/*`,
    `!${prefix}/{${MANIFESTS.join(',')}}`,
    ...exclusions(variants, base, withTests),
    `${prefix}/testdata/**/*`,
    ...readWithTests(variants, base),
  ];
}

/** What a package and its tests read besides what lies in its directory under git. */
function readWithTests(variants: readonly PackageVariant[], base: Base): Inputs {
  return [
    ...embeds(variants, (pkg) => [...pkg.embedPatterns, ...pkg.testEmbedPatterns]),
    ...headers(variants),
    ...linked(variants, base.prefix, () => true),
    ...gitlink(base),
    ...untracked(variants, base, () => true),
  ];
}

/** The file sets of a main package: its sources, and the profile that `-pgo=auto` takes from its directory alone. */
export function mainPatterns(variants: readonly PackageVariant[], base: Base): Inputs {
  const profile = `${base.prefix}/default.pgo`;
  return [...sourcePatterns(variants, base), profile, { fileset: profile, includeIgnored: true }];
}

/** The file sets that `go vet` reads of a package itself: sources and tests. */
export function vetPatterns(variants: readonly PackageVariant[], base: Base): Inputs {
  const { prefix } = base;
  return [`${prefix}/${SOURCE_FILES}`, ...exclusions(variants, base, withTests), ...readWithTests(variants, base)];
}

/** The file sets of what generators of a package can read and write next to it: all that lies in its directory. */
export function directoryPatterns(variants: readonly PackageVariant[], base: Base): Inputs {
  const { prefix } = base;
  // Of a project, Nx takes what lies in no other one below it. At the root that would be half the workspace.
  const isWhole = prefix === '{projectRoot}' && variants[0]?.pkg.dir !== '.';
  return [
    `${prefix}/${isWhole ? '**/*' : '*'}`,
    `!${prefix}/{${MANIFESTS.join(',')}}`,
    `${prefix}/testdata/**/*`,
    ...readWithTests(variants, base),
  ];
}

/**
 * What the names of files alone tell go to leave out. Files that only a `//go:build` line excludes stay in: were they
 * out, then `nx affected` would not see a file that has just been given such a line, though the hash has moved.
 */
function exclusions(
  variants: readonly PackageVariant[],
  { prefix, platform }: Base,
  filesOf: (pkg: Package) => readonly string[],
): string[] {
  const platforms = variants.map(({ configuration }) => configuration);
  const globHolds = !variants.some(({ pkg }) => filesOf(pkg).some((name) => isExcludedByGlob(name, platforms)));
  if (!globHolds) return [hiddenFiles(prefix)];
  const isNamed = platforms.every(({ goos, goarch }) => goos === platform?.goos && goarch === platform.goarch);
  return isNamed ? [FOREIGN_FILES_INPUT] : foreignFiles(platforms, prefix);
}

function withTests({ files, testFiles }: Package): string[] {
  return [...files, ...testFiles];
}

function embeds(variants: readonly PackageVariant[], patternsOf: (pkg: Package) => readonly string[]): Inputs {
  const dir = variants[0]?.pkg.dir ?? '.';
  return embedInputs(dir, [...new Set(variants.flatMap(({ pkg }) => patternsOf(pkg)))]);
}

function headers(variants: readonly PackageVariant[]): string[] {
  return [...new Set(variants.flatMap(({ pkg }) => pkg.headerGlobs ?? []))];
}

/** Files that git ignores (generated code) are in no list of Nx; they are hashed from disk. */
function untracked(
  variants: readonly PackageVariant[],
  { prefix, generated = [] }: Base,
  counts: (name: string) => boolean,
): Inputs {
  const names = [...new Set(variants.flatMap(({ pkg }) => pkg.untrackedFiles ?? []))].filter(
    (name) => counts(name) && !generated.some((glob) => minimatch(name, glob)),
  );
  return [...generated.filter(counts), ...names.map((name) => fastGlob.escapePath(name))].map((name) => ({
    fileset: `${prefix}/${name}`,
    includeIgnored: true,
  }));
}

/**
 * Symbolic links among the files, and what they lead to. Nx remembers what it read through a link until the link itself
 * changes, so links are read from disk.
 */
function linked(variants: readonly PackageVariant[], prefix: string, counts: (name: string) => boolean): Inputs {
  const targets = new Map(variants.flatMap(({ pkg }) => pkg.linkTargets ?? []));
  return [...targets]
    .filter(([name]) => counts(name))
    .flatMap(([name, target]) => {
      const link = `${prefix}/${fastGlob.escapePath(name)}`;
      return [`!${link}`, { fileset: link, includeIgnored: true }, `{workspaceRoot}/${fastGlob.escapePath(target)}`];
    });
}

/**
 * Git calls a submodule changed by its directory's name, which is none of a file: it is in no hash, but lets
 * `nx affected` select by it.
 */
function gitlink({ submodule }: Base): string[] {
  return submodule === undefined ? [] : [`{workspaceRoot}/${fastGlob.escapePath(submodule)}`];
}

function isNoTest(name: string): boolean {
  return !name.endsWith('_test.go');
}

import fastGlob from 'fast-glob';

import type { BuildConfiguration } from '../go/build-configuration.js';
import type { Package } from '../go/package.js';
import { excludingGlobs, isExcludedByGlobs, SOURCE_KINDS } from './build-constraints.js';
import { embedGlobs } from './embed-patterns.js';

/** A package as one build configuration sees it. */
export interface PackageVariant {
  readonly pkg: Package;
  readonly configuration: BuildConfiguration;
}

/**
 * The file sets of what is compiled into a package under any of the build configurations: globs rather than lists of files, so that a new or deleted file
 * matches too.
 *
 * @param prefix what the file sets are relative to: `{projectRoot}`, or `{workspaceRoot}/<dir>`.
 */
export function sourcePatterns(variants: readonly PackageVariant[], prefix: string): string[] {
  return [
    `${prefix}/*.{${SOURCE_KINDS}}`,
    `!${prefix}/*_test.go`,
    ...exclusions(variants, prefix, (name) => !name.endsWith('_test.go')),
    ...embeds(variants, (pkg) => pkg.embedPatterns),
  ];
}

/**
 * The file sets that a package's own test adds: with its tests, the other files that lie in its directory, its
 * testdata, and what the tests embed. Holds the package's own sources too.
 *
 * The directory's manifests of Go, npm and Nx stay out: nx.json is in every hash anyway, and the others would tie the
 * test to every bump of a module or a package.
 */
export function testPatterns(variants: readonly PackageVariant[], prefix: string): string[] {
  return [
    `${prefix}/*`,
    `!${prefix}/{${MANIFESTS.join(',')}}`,
    ...exclusions(variants, prefix, () => true),
    `${prefix}/testdata/**/*`,
    ...embeds(variants, (pkg) => [...pkg.embedPatterns, ...pkg.testEmbedPatterns]),
  ];
}

/** The file sets that `go vet` reads of a package itself: sources and tests. */
export function vetPatterns(variants: readonly PackageVariant[], prefix: string): string[] {
  return [
    `${prefix}/*.{${SOURCE_KINDS}}`,
    ...exclusions(variants, prefix, () => true),
    ...embeds(variants, (pkg) => [...pkg.embedPatterns, ...pkg.testEmbedPatterns]),
  ];
}

const MANIFESTS = [
  ...['go.mod', 'go.sum', 'go.work', 'go.work.sum', 'nx.json', 'project.json', 'package.json', 'package-lock.json'],
  ...['yarn.lock', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'bun.lock', 'bun.lockb', 'tsconfig*.json'],
];

function exclusions(variants: readonly PackageVariant[], prefix: string, counts: (name: string) => boolean): string[] {
  const platforms = variants.map(({ configuration }) => configuration);
  const globsHold = !variants.some(({ pkg }) =>
    [...pkg.files, ...pkg.testFiles].some((name) => isExcludedByGlobs(name, platforms)),
  );
  const [first, ...rest] = variants.map(({ pkg }) => pkg.ignoredFiles);
  const named = (first ?? []).filter(
    (name) =>
      counts(name) &&
      !/^[_.]/.test(name) &&
      rest.every((ignored) => ignored.includes(name)) &&
      !(globsHold && isExcludedByGlobs(name, platforms)),
  );
  return [
    `!${prefix}/{_,.}*.{${SOURCE_KINDS}}`,
    ...(globsHold ? excludingGlobs(platforms).map((glob) => `!${prefix}/${glob}`) : []),
    ...named.sort().map((name) => `!${prefix}/${fastGlob.escapePath(name)}`),
  ];
}

function embeds(variants: readonly PackageVariant[], patternsOf: (pkg: Package) => readonly string[]): string[] {
  const dir = variants[0]?.pkg.dir ?? '.';
  return embedGlobs(dir, [...new Set(variants.flatMap(({ pkg }) => patternsOf(pkg)))]);
}

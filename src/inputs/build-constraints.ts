import type { BuildConfiguration } from '../go/configuration/build-configuration.js';
import { ALSO, KNOWN_ARCH, KNOWN_OS, NEVER_BUILT } from '../go/configuration/platforms.js';
import { SOURCE_KINDS } from '../go/sources/source-kinds.js';

/** All source files of a directory, as a glob without the directory. */
export const SOURCE_FILES = `*.{${SOURCE_KINDS.join(',')}}`;

/** A system and architecture that files are chosen for. */
export type Platform = Pick<BuildConfiguration, 'goos' | 'goarch'>;

/**
 * A glob, without a directory, of the files that their names alone exclude from a build for any of the platforms: a
 * constant of the platforms, so that a file of another system comes and goes without moving any hash.
 *
 * Go looks at a name up to its first dot only, and at the system before an architecture, not at another architecture;
 * {@link isExcludedByGlob} tells where the glob excludes too much (`x.y_windows.go` is compiled everywhere).
 */
export function excludingGlob(platforms: readonly Platform[]): string {
  const ends = ['_test.go', ...SOURCE_KINDS.map((kind) => `.${kind}`)];
  return `${excludingStem(platforms)}{${ends.join(',')}}`;
}

/**
 * As {@link excludingGlob}, for where nothing but sources that are no tests is named. Without the kinds of files it
 * takes Nx three quarters of the time.
 */
export function excludingSourceGlob(platforms: readonly Platform[]): string {
  return `${excludingStem(platforms)}.*`;
}

/** Nx takes half as long again for one with `{,_test}` at the end, or with hidden files among its alternatives. */
function excludingStem(platforms: readonly Platform[]): string {
  const foreign = [...KNOWN_OS, ...KNOWN_ARCH].filter((name) => isForeign(name, platforms));
  const own = new Set(platforms.map(({ goarch }) => `_${goarch}`));
  return `*_{${foreign.join(',')}}{,${[...own].join(',')}}`;
}

/** Whether {@link excludingGlob} matches the file name. */
export function isExcludedByGlob(name: string, platforms: readonly Platform[]): boolean {
  return isExcludingStem(/^(.*?)(?:_test\.go|\.[^.]+)$/.exec(name)?.[1] ?? name, platforms);
}

/** Whether {@link excludingSourceGlob} matches the file name. */
export function isExcludedBySourceGlob(name: string, platforms: readonly Platform[]): boolean {
  const ends = [...name.matchAll(/\./g)].map(({ index }) => index);
  return ends.some((end) => isExcludingStem(name.slice(0, end), platforms));
}

function isExcludingStem(stem: string, platforms: readonly Platform[]): boolean {
  const [last, previous] = stem.split('_').slice(1).reverse();
  if (last === undefined) return false;
  if (isForeign(last, platforms)) return true;
  return previous !== undefined && platforms.some(({ goarch }) => goarch === last) && isForeign(previous, platforms);
}

/** Names that nothing is built for would make the glob a third longer. A file that bears one counts, needlessly. */
function isForeign(name: string, platforms: readonly Platform[]): boolean {
  if (NEVER_BUILT.includes(name)) return false;
  if (KNOWN_OS.includes(name)) return platforms.every(({ goos }) => name !== goos && name !== ALSO[goos]);
  return KNOWN_ARCH.includes(name) && platforms.every(({ goarch }) => name !== goarch);
}

import type { BuildConfiguration } from '../go/configuration/build-configuration.js';
import { ALSO, KNOWN_ARCH, KNOWN_OS } from '../go/configuration/platforms.js';
import { SOURCE_KINDS } from '../go/sources/source-kinds.js';

/** All source files of a directory, as a glob without the directory. */
export const SOURCE_FILES = `*.{${SOURCE_KINDS.join(',')}}`;

/** A system and architecture that files are chosen for. */
export type Platform = Pick<BuildConfiguration, 'goos' | 'goarch'>;

/**
 * Globs, without a directory, of the files that their names alone exclude from a build for any of the platforms: a
 * constant of the platforms, so that a file of another system comes and goes without moving any hash.
 *
 * Go looks at a name up to its first dot only; {@link isExcludedByGlobs} tells where these globs exclude too much
 * (`x.y_windows.go` is compiled everywhere).
 */
export function excludingGlobs(platforms: readonly Platform[]): string[] {
  const ends = ['_test.go', ...SOURCE_KINDS.map((kind) => `.${kind}`)];
  return excludingStems(platforms).map((stem) => `${stem}{${ends.join(',')}}`);
}

/**
 * As {@link excludingGlobs}, for where nothing but sources that are no tests is named. Without the kinds of files they
 * take Nx less than half of the time.
 */
export function excludingSourceGlobs(platforms: readonly Platform[]): string[] {
  return excludingStems(platforms).map((stem) => `${stem}.*`);
}

function excludingStems(platforms: readonly Platform[]): string[] {
  const os = `{${KNOWN_OS.filter((name) => isForeignOs(name, platforms)).join(',')}}`;
  const arch = `{${KNOWN_ARCH.filter((name) => isForeignArch(name, platforms)).join(',')}}`;
  const ownArch = [...new Set(platforms.map(({ goarch }) => goarch))];
  return [`*_${os}`, `*_${arch}`, ...ownArch.map((name) => `*_${os}_${name}`)];
}

/** Whether one of {@link excludingGlobs} matches the file name. */
export function isExcludedByGlobs(name: string, platforms: readonly Platform[]): boolean {
  return isExcludingStem(/^(.*?)(?:_test\.go|\.[^.]+)$/.exec(name)?.[1] ?? name, platforms);
}

/** Whether one of {@link excludingSourceGlobs} matches the file name. */
export function isExcludedBySourceGlobs(name: string, platforms: readonly Platform[]): boolean {
  const ends = [...name.matchAll(/\./g)].map(({ index }) => index);
  return ends.some((end) => isExcludingStem(name.slice(0, end), platforms));
}

function isExcludingStem(stem: string, platforms: readonly Platform[]): boolean {
  if (!stem.includes('_')) return false;
  const [last, previous] = stem.split('_').slice(1).reverse();
  if (last === undefined) return false;
  if (isForeignOs(last, platforms) || isForeignArch(last, platforms)) return true;
  return previous !== undefined && KNOWN_ARCH.includes(last) && isForeignOs(previous, platforms);
}

function isForeignOs(name: string, platforms: readonly Platform[]): boolean {
  return KNOWN_OS.includes(name) && platforms.every(({ goos }) => name !== goos && name !== ALSO[goos]);
}

function isForeignArch(name: string, platforms: readonly Platform[]): boolean {
  return KNOWN_ARCH.includes(name) && platforms.every(({ goarch }) => name !== goarch);
}

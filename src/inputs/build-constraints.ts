import type { BuildConfiguration } from '../go/build-configuration.js';
import { ALSO, KNOWN_ARCH, KNOWN_OS } from '../go/platforms.js';
import { SOURCE_KINDS } from '../go/source-kinds.js';

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
  const os = `{${KNOWN_OS.filter((name) => isForeignOs(name, platforms)).join(',')}}`;
  const arch = `{${KNOWN_ARCH.filter((name) => isForeignArch(name, platforms)).join(',')}}`;
  const ownArch = [...new Set(platforms.map(({ goarch }) => goarch))];
  return [`*_${os}`, `*_${arch}`, ...ownArch.map((name) => `*_${os}_${name}`)].flatMap((stem) => [
    `${stem}${SOURCE_FILES.slice(1)}`,
    `${stem}_test.go`,
  ]);
}

/** Whether one of {@link excludingGlobs} matches the file name. */
export function isExcludedByGlobs(name: string, platforms: readonly Platform[]): boolean {
  if (!name.includes('_')) return false;
  const stem = /^(.*?)(?:_test\.go|\.[^.]+)$/.exec(name)?.[1] ?? name;
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

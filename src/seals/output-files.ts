import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join, posix } from 'node:path';

import fastGlob from 'fast-glob';

/** A file below an output, as it lies there. */
export interface OutputFile {
  /** Relative to the folder that was searched, with forward slashes. */
  readonly path: string;
  readonly size: number;
  /** Permissions in octal; `link` for a symbolic link. */
  readonly mode: string;
}

/**
 * The files that outputs name: files, whole directories, or globs, with `!` in front of those that do not count.
 *
 * @param folder absolute; outputs are relative to it.
 * @returns sorted by path, each once.
 */
export function outputFiles(folder: string, outputs: readonly string[]): OutputFile[] {
  const left = outputs.filter((output) => output.startsWith('!')).map((output) => output.slice(1));
  const paths = outputs
    .filter((output) => !output.startsWith('!'))
    .flatMap((output) => (isGlob(output) || left.length > 0 ? globbed(folder, output, left) : [output]));
  const byPath = new Map(
    paths.flatMap((path) => filesBelow(folder, posix.normalize(path))).map((one) => [one.path, one]),
  );
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where a symbolic link leads to, as it is written. */
export function linkTarget(path: string): Buffer {
  return readlinkSync(path, { encoding: 'buffer' });
}

function isGlob(output: string): boolean {
  return /[*?[\]{}]/.test(output);
}

function globbed(folder: string, output: string, left: readonly string[]): string[] {
  const patterns = isGlob(output)
    ? [output, `${output}/**`]
    : [fastGlob.escapePath(output), `${fastGlob.escapePath(output)}/**`];
  const ignore = left.flatMap((one) => [one, `${one}/**`]);
  return fastGlob.sync(patterns, { cwd: folder, dot: true, ignore, followSymbolicLinks: false });
}

function filesBelow(folder: string, path: string): OutputFile[] {
  const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [{ path, size: stat.size, mode: modeOf(stat) }];
  return readdirSync(join(folder, path)).flatMap((name) => filesBelow(folder, posix.join(path, name)));
}

function modeOf(stat: Stats): string {
  return stat.isSymbolicLink() ? 'link' : (stat.mode & 0o7777).toString(8);
}

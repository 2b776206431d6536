import { join, posix } from 'node:path';

import fastGlob from 'fast-glob';

import { statOf } from '../../files.js';

/** What embed patterns match: files relative to the package's directory, or the first pattern without a match. */
export interface EmbeddedFiles {
  readonly files: readonly string[];
  readonly unmatched?: string;
}

/**
 * Finds the files of `//go:embed` patterns. A directory is taken whole but for names that begin with `.` or `_`, which
 * `all:` takes as well; as in go, one pattern without a match leaves the package without embedded files.
 */
export function findEmbeddedFiles(dir: string, patterns: readonly string[]): EmbeddedFiles {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const withHidden = pattern.startsWith('all:');
    const matches = matchesOf(dir, withHidden ? pattern.slice('all:'.length) : pattern, withHidden);
    if (matches.length === 0) return { files: [], unmatched: pattern };
    for (const file of matches) files.add(file);
  }
  return { files: [...files].sort() };
}

function matchesOf(dir: string, pattern: string, all: boolean): string[] {
  // Go's path.Match knows neither braces nor extended globs, and its `*` takes a leading dot.
  const options = {
    dot: true,
    onlyFiles: false,
    braceExpansion: false,
    extglob: false,
    globstar: false,
    suppressErrors: true,
  } as const;
  return fastGlob.sync(pattern, { ...options, cwd: dir }).flatMap((match) => {
    const path = join(dir, match);
    const isDirectory = statOf(path)?.isDirectory() ?? false;
    if (!isDirectory) return [match];
    const nested = fastGlob
      .sync('**/go.mod', { cwd: path, dot: true, suppressErrors: true })
      .map((file) => posix.dirname(file));
    return fastGlob
      .sync('**', { cwd: path, dot: true, suppressErrors: true, ignore: all ? [] : ['**/{.,_}*', '**/{.,_}*/**'] })
      .filter((file) => !nested.some((module) => module === '.' || file.startsWith(`${module}/`)))
      .map((file) => posix.join(match, file));
  });
}

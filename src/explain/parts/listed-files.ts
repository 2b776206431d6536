import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { minimatch } from 'minimatch';

import { isFile } from '../../files.js';

/**
 * The files that lie where globs look, from the workspace's root: what they take out again is among them. To match
 * each file would take longer than to hash it.
 */
export function listedFiles(root: string, globs: readonly string[]): string[] {
  const files = globs.filter((glob) => !glob.startsWith('!')).flatMap((glob) => below(root, glob));
  return [...new Set(files)];
}

/** Whether a path is among those that globs mean: one of them matches, and none with a `!`. */
export function matchesGlobs(path: string, globs: readonly string[]): boolean {
  const matches = (glob: string): boolean => minimatch(path, glob, { dot: true });
  return (
    globs.some((glob) => glob[0] !== '!' && matches(glob)) &&
    !globs.some((glob) => glob[0] === '!' && matches(glob.slice(1)))
  );
}

/** The directories that a glob begins with: `.` for the root, several where it begins with some in braces. */
export function globDirs(glob: string): string[] {
  return [...new Set(withoutDirBraces(glob).map(globDir))];
}

/** Where a glob's first wildcard is a brace, directories may stand in it: `{lib/a,lib/b}/*.go`. */
function withoutDirBraces(glob: string): string[] {
  return /^[^*?[]*\{/.test(glob) ? minimatch.braceExpand(glob) : [glob];
}

function globDir(glob: string): string {
  const wild = glob.search(/[*?{[]/);
  const end = glob.lastIndexOf('/', wild < 0 ? glob.length : wild);
  return end < 0 ? '.' : glob.slice(0, end);
}

function below(root: string, glob: string): string[] {
  const globs = withoutDirBraces(glob);
  const files = globs.filter((one) => !/[*?[]/.test(one) && isFile(join(root, one)));
  const dirs = new Set(globs.filter((one) => /[*?[]/.test(one)).map(globDir));
  return [...files, ...[...dirs].flatMap((dir) => filesIn(root, dir === '.' ? '' : `${dir}/`, glob.includes('**')))];
}

/** @param dir ends with a slash, or is empty for the root. */
function filesIn(root: string, dir: string, deep: boolean): string[] {
  try {
    return readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
      const path = dir + entry.name;
      if (entry.isDirectory()) return deep && !LEFT_OUT.has(entry.name) ? filesIn(root, `${path}/`, deep) : [];
      return entry.isFile() || (entry.isSymbolicLink() && isFile(join(root, path))) ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** Where no input of a task lies, and much else does. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', '.nx']);

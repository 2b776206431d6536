import { posix } from 'node:path';

import { namesOf, SOURCE_KINDS } from '../go/sources/source-kinds.js';
import { hasFlag, splitWords } from '../go/configuration/words.js';

const SOURCE = namesOf(SOURCE_KINDS);
const MANIFEST =
  /^(go\.(mod|sum|work|work\.sum)|modules\.txt|nx\.json|(project|package|package-lock|tsconfig.*)\.json)$/;
/** Directories of which every file is somebody else's. */
const OTHERS = ['.git', 'node_modules', '.nx'];

/**
 * Why a target must not write a file to a path; undefined when it may.
 *
 * @param path as an option gives it, placeholders filled in; relative to the workspace's root.
 */
export function outputProblem(path: string): string | undefined {
  const posixPath = path.replaceAll('\\', '/');
  const normal = posix.normalize(posixPath);
  const name = posix.basename(normal);
  const other = normal.split('/').find((part) => OTHERS.includes(part));
  if (posixPath.startsWith('/') || /^[A-Za-z]:/.test(posixPath))
    return 'it is absolute, where a path from the workspace root is wanted';
  if (normal === '..' || normal.startsWith('../')) return 'it is outside the workspace';
  if (normal === '.' || normal.endsWith('/')) return 'it is a directory';
  if (other !== undefined) return `it is in ${other}`;
  if (MANIFEST.test(name)) return `${name} is a manifest`;
  return SOURCE.test(name) ? 'it has the name of a source file' : undefined;
}

/** What outputs the flags among the args name, which no option and no hash knows of. */
export function outputFlags(args: unknown): string[] {
  const words = splitWords(args as readonly string[] | string | undefined);
  return words.filter((word) => hasFlag([word], /^(o|coverprofile|outputdir)$/));
}

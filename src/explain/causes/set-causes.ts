import { dirname } from 'node:path/posix';

import { nearestDir } from '../../paths.js';
import { hashPart } from '../parts/hash-part.js';
import { globDirs } from '../parts/listed-files.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import type { FileCause, FileSetCause } from './cause.js';

/** The directories in which the globs of parts look. */
export function dirsOf(parts: readonly RecordedPart[]): ReadonlySet<string> {
  return new Set(
    parts.flatMap(({ name }) => {
      const part = hashPart(name);
      return part.kind === 'files' ? part.globs.filter((glob) => !glob.startsWith('!')).flatMap(globDirs) : [];
    }),
  );
}

/**
 * Says of files that came or went with their whole directory that it is the directory: an import, or an embed pattern,
 * came or went. Nobody has touched the files.
 */
export function withSets(
  causes: readonly FileCause[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): (FileCause | FileSetCause)[] {
  const sets = new Map<string, FileSetCause>();
  const others = causes.filter(({ path, change }) => {
    if (change === 'changed') return true;
    const isAdded = change === 'new' || change === 'included';
    const [own, other] = isAdded ? [after, before] : [before, after];
    const dir = nearestDir(dirname(path), (one) => own.has(one));
    if (dir === undefined || other.has(dir)) return true;
    const isPackage = path.endsWith('.go') || sets.get(dir)?.kind === 'package';
    sets.set(dir, { kind: isPackage ? 'package' : 'directory', path: dir, change: isAdded ? 'added' : 'removed' });
    return false;
  });
  return [...others, ...sets.values()];
}

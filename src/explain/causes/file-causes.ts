import { matchesGlobs } from '../parts/listed-files.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import type { FileCause } from './cause.js';

/** A part that holds files, with the globs that say which. */
export interface FilesPart {
  readonly globs: readonly string[];
  /** Whether files count that git ignores. */
  readonly fromDisk?: boolean;
  readonly part: RecordedPart;
}

/** What is known of a file, by its path from the workspace's root. */
export interface Presence {
  /** Whether it is there now, and whether it was in the state before. */
  readonly isThere: (path: string) => boolean;
  readonly wasThere: (path: string) => boolean;
  readonly isIgnored: (path: string) => boolean;
}

/**
 * The files that make the parts differ. A part's name holds its globs: so the parts of both sides are looked at as a
 * whole, and what one glob has lost and another found has not changed.
 */
export function fileCauses(
  before: readonly FilesPart[],
  after: readonly FilesPart[],
  { isThere, wasThere, isIgnored }: Presence,
): FileCause[] {
  const paths = [...new Set([...before, ...after].flatMap(({ part }) => [...(part.files?.keys() ?? [])]))];
  return paths.flatMap((path): FileCause[] => {
    if (mentions(before, path) === mentions(after, path)) return [];
    const [was, is] = [before, after].map((parts) => digest(parts, path, isIgnored(path)));
    if (was === is) return [];
    if (was !== undefined && is !== undefined) return [{ kind: 'file', path, change: 'changed' }];
    if (is !== undefined) return [{ kind: 'file', path, change: wasThere(path) ? 'included' : 'new' }];
    return [{ kind: 'file', path, change: isThere(path) ? 'excluded' : 'gone' }];
  });
}

/** All that parts say of a file. Where both sides say the same, its name need not be matched with globs. */
function mentions(parts: readonly FilesPart[], path: string): string {
  return parts
    .flatMap(({ globs, part }) => {
      const found = part.files?.get(path);
      return found === undefined ? [] : [`${found} ${globs.join(',')}`];
    })
    .join('\n');
}

/**
 * The digest of a file by a part that means it; undefined where none does. Parts list files that their globs take out,
 * too: those may have changed since, for they do not move the part's hash.
 */
function digest(parts: readonly FilesPart[], path: string, isIgnored: boolean): string | undefined {
  const means = ({ globs, fromDisk, part }: FilesPart): boolean =>
    part.files?.has(path) === true && (fromDisk === true || !isIgnored) && matchesGlobs(path, globs);
  return parts.find(means)?.part.files?.get(path);
}

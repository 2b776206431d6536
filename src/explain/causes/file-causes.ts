import { matchesGlobs } from '../parts/listed-files.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import type { FileCause } from './cause.js';

/** A part that holds files, with the globs that say which. */
export interface FilesPart {
  readonly globs: readonly string[];
  readonly part: RecordedPart;
}

/**
 * The files that make the parts differ. A part's name holds its globs: so the parts of both sides are looked at as a
 * whole, and what one glob has lost and another found has not changed.
 *
 * @param isThere whether there is a file now, by its path from the workspace's root.
 */
export function fileCauses(
  before: readonly FilesPart[],
  after: readonly FilesPart[],
  isThere: (path: string) => boolean,
): FileCause[] {
  const [old, now] = [listed(before), listed(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths.flatMap((path): FileCause[] => {
    if (isSame(path, before, after, old, now)) return [];
    const [was, is] = [before, after].map((parts) => holds(parts, path));
    if (was && is) return old.get(path) === now.get(path) ? [] : [{ kind: 'file', path, change: 'changed' }];
    if (is) return [{ kind: 'file', path, change: old.has(path) ? 'included' : 'new' }];
    if (was) return [{ kind: 'file', path, change: isThere(path) ? 'excluded' : 'gone' }];
    return [];
  });
}

function listed(parts: readonly FilesPart[]): Map<string, string> {
  return new Map(parts.flatMap(({ part }) => [...(part.files ?? [])]));
}

/** Spares the matching of most files: of those with one content, where the globs are the same, too. */
function isSame(
  path: string,
  before: readonly FilesPart[],
  after: readonly FilesPart[],
  old: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): boolean {
  if (old.get(path) !== now.get(path)) return false;
  const globsOf = (parts: readonly FilesPart[]): string =>
    parts.flatMap(({ globs, part }) => (part.files?.has(path) ? [globs.join(',')] : [])).join('\n');
  return globsOf(before) === globsOf(after);
}

/** Whether one of the parts means the file. */
function holds(parts: readonly FilesPart[], path: string): boolean {
  return parts.some(({ globs, part }) => part.files?.has(path) === true && matchesGlobs(path, globs));
}

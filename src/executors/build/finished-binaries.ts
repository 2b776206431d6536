import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { isIntactBinary } from '../../go/binaries/build-id.js';

/** Milliseconds between two looks at what go has made. */
const INTERVAL = 100;

/** A look out for files that go makes. */
export interface Watch {
  stop(): void;
}

/**
 * Hands over each item whose file go has finished, while go still works on others: go itself says nothing of what it
 * succeeds in.
 *
 * An item is handed over at the second look that finds its file, because go's messages about it come another way,
 * which must not be the slower one.
 *
 * @param isThere whether an item's file can be seen on its place.
 */
export function watchFinished<T>(
  items: readonly T[],
  isThere: (item: T) => boolean,
  isWhole: (item: T) => boolean,
  onFinished: (item: T) => void,
): Watch {
  const waiting = new Set(items);
  const seen = new Set<T>();
  const timer = setInterval(() => {
    for (const item of [...waiting].filter(isThere)) {
      if (!seen.has(item)) seen.add(item);
      else if (isWhole(item) && waiting.delete(item)) onFinished(item);
    }
  }, INTERVAL);
  return { stop: () => clearInterval(timer) };
}

/**
 * How to tell that a file which go put into `dir` is whole. Go renames what it has linked where it can, and copies it
 * from its work directory where it cannot (BuildInstallFunc, moveOrCopyFile); then its content hash has to be right.
 *
 * @param workFolder GOTMPDIR; the system's temporary folder when it is empty or not given.
 */
export function wholeness(dir: string, workFolder: string | undefined): (path: string) => boolean {
  return isMovedInto(dir, workFolder || tmpdir()) ? () => true : isIntactBinary;
}

function isMovedInto(dir: string, workFolder: string): boolean {
  const [to, from] = [statSync(dir), statSync(workFolder, { throwIfNoEntry: false })];
  const setsGroup = (to.mode & 0o2000) !== 0;
  return process.platform !== 'win32' && to.dev === from?.dev && !setsGroup;
}

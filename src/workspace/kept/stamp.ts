import type { Stats } from 'node:fs';

/**
 * What `stat` says of a file or directory, in numbers that change with it. Empty when it was written so recently that
 * it could change once more without another time: then it is read again the next time.
 */
export type Stamp = readonly number[];

/** Milliseconds for which the clock of a file system may stand still. */
const TICK = 100;

/** @param now a time, in milliseconds, before the file was read. */
export function stampOf(stat: Stats, now: number): Stamp {
  const settled = Math.max(stat.ctimeMs, stat.mtimeMs) < now - TICK;
  return settled ? [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino] : [];
}

/** Whether nothing can have changed between two stamps; never for what was just written. */
export function isSameStamp(stamp: Stamp | undefined, known: Stamp | undefined): boolean {
  return (
    stamp !== undefined &&
    known !== undefined &&
    stamp.length > 0 &&
    stamp.every((value, index) => value === known[index])
  );
}

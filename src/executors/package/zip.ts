import { zipSync, type Zippable } from 'fflate';

import { inOrder, modeOf, type ArchiveEntry } from './archive-entry.js';

/** The archive's byte that says the attributes are those of Unix: without it, permissions do not count. */
const UNIX = 3;

/**
 * The earliest time that a zip can hold, which all entries get. Zip has no time zones and fflate writes the local hour,
 * so this is midnight wherever it runs.
 */
const MIDNIGHT_1980 = new Date(1980, 0, 1);

/**
 * A zip archive of the entries. Equal entries give equal bytes on every machine: fflate compresses in JavaScript, where
 * the bytes that Node's own zlib writes depend on its version and the processor.
 */
export function zip(entries: readonly ArchiveEntry[]): Uint8Array {
  const files: Zippable = {};
  for (const entry of inOrder(entries)) {
    files[entry.path] = [entry.content, { os: UNIX, attrs: (REGULAR_FILE | modeOf(entry)) << 16 }];
  }
  return zipSync(files, { mtime: MIDNIGHT_1980, level: 6 });
}

const REGULAR_FILE = 0o100000;

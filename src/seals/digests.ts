import { createHash, webcrypto } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

import { linkTarget, type OutputFile } from './output-files.js';

const CHUNK = 1 << 20;
/** Bytes up to which a file is read as a whole, for several of them are at once. */
const WHOLE = 64 * CHUNK;

/** The sha256 of a file's bytes in hexadecimal; of where it leads to, for a symbolic link. */
export function digestOf(path: string, { mode }: Pick<OutputFile, 'mode'>): string {
  const hash = createHash('sha256');
  if (mode === 'link') return hash.update(linkTarget(path)).digest('hex');
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** As {@link digestOf}, on a thread of its own: several files at once take all cores. */
export async function digestAside(path: string, file: Pick<OutputFile, 'mode' | 'size'>): Promise<string> {
  if (file.mode === 'link') return digestOf(path, file);
  if (file.size <= WHOLE) {
    const digest = await webcrypto.subtle.digest('SHA-256', await readFile(path));
    return Buffer.from(digest).toString('hex');
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: CHUNK }), hash);
  return hash.digest('hex');
}

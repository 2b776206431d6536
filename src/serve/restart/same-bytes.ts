import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A digest of a file's bytes. @throws Error with the system's code where it cannot be read. */
export function digestOfFile(path: string): string {
  const hash = createHash('sha256');
  const part = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let count = readSync(file, part); count > 0; count = readSync(file, part))
      hash.update(part.subarray(0, count));
    return hash.digest('base64');
  } finally {
    closeSync(file);
  }
}

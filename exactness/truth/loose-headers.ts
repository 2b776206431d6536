import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { listFiles } from '../workspace/scan.js';
import type { FileDigests } from './file-digests.js';

const HEADER = /\.(h|hh|hpp|hxx|inc)$/;

/**
 * A flag for the C compiler that is another one when a header has changed that lies in no package's directory, and
 * that changes nothing else: go does not look at such headers (go#24355), and would answer from its cache.
 *
 * @returns undefined where there is no such header.
 */
export function looseHeadersFlag(root: string, digests: FileDigests): string | undefined {
  const files = listFiles(root);
  const packages = new Set(files.filter((file) => file.endsWith('.go')).map((file) => posix.dirname(file)));
  const headers = files.filter(
    (file) => HEADER.test(file) && !packages.has(posix.dirname(file)) && existsSync(join(root, file)),
  );
  if (headers.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const file of headers) hash.update(`${file}\0${digests.of(join(root, file))}\n`);
  return `-DNX_GOPHER_LOOSE_HEADERS=0x${hash.digest('hex').slice(0, 15)}`;
}

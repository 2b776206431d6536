import { createHash } from 'node:crypto';

import { readRegularFile } from '../../files.js';

/** Characters of a digest that are kept: git finds a blob by as few. */
const LENGTH = 16;

/**
 * The beginning of the name that git gives to a file's content: where git has it, it can show what changed since. Empty
 * for what cannot be read.
 */
export function fileDigest(path: string): string {
  try {
    const content = readRegularFile(path);
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex').slice(0, LENGTH);
  } catch {
    return '';
  }
}

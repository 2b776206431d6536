import { statSync } from 'node:fs';

import { digestOfFile } from '../../testing/truth/digests.js';

/** sha256 of files, computed again only for a file with another time, size or inode. */
export class FileDigests {
  private readonly known = new Map<string, { readonly stamp: string; readonly digest: string }>();

  of(file: string): string {
    const { mtimeNs, size, ino } = statSync(file, { bigint: true });
    const stamp = `${mtimeNs} ${size} ${ino}`;
    const entry = this.known.get(file);
    if (entry?.stamp === stamp) return entry.digest;
    const digest = digestOfFile(file);
    this.known.set(file, { stamp, digest });
    return digest;
  }
}

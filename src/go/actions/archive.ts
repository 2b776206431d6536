import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const HEAD = '!<arch>\n';
/** Name, time, owner, group, mode and size of an entry, and two bytes that end it. */
const ENTRY = 60;
const BUILD_ID = /^build id "[^"\n]*"\n/m;

/**
 * A digest of what a compiled package offers to those that import it: nothing else of it enters their compiles.
 *
 * It is the archive's first entry, `__.PKGDEF`, but for the build id in it, which is another one after each edit.
 *
 * @throws Error where the file is no archive as the compiler writes them.
 */
export function exportDigest(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD.length + ENTRY);
    readSync(file, head, 0, head.length, 0);
    const text = head.toString('latin1');
    const [, size] = /^!<arch>\n__\.PKGDEF {7}.{32}(\d+) *`\n$/.exec(text) ?? [];
    if (size === undefined) throw new Error(`${path} is no archive of a package`);
    const entry = Buffer.alloc(Number(size));
    if (readSync(file, entry, 0, entry.length, head.length) < entry.length) throw new Error(`${path} is cut off`);
    const [id] = BUILD_ID.exec(entry.toString('latin1', 0, 1024)) ?? [];
    if (id === undefined) throw new Error(`${path} has no build id`);
    return createHash('sha256').update(entry.toString('latin1').replace(id, ''), 'latin1').digest('base64');
  } finally {
    closeSync(file);
  }
}

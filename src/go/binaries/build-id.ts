import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Link action, action of main, content of main, content of the binary; each the start of a SHA-256 in base64url. */
const BUILD_ID = /[\w-]{20}\/[\w-]{20}\/[\w-]{20}\/([\w-]{20})/;
/** Go looks for the build id in the first bytes of a file too. */
const HEAD = 64 * 1024;
const CHUNK = 4 * 1024 * 1024;

/**
 * Whether a binary is byte for byte what the go command linked, by the content hash in its build id.
 *
 * Go itself trusts the build id alone: it takes a binary that was stripped, packed or damaged since for up to date.
 * False for what has no build id or another format (signed Mach-O): the price is a link, not a mistake.
 */
export function isIntactBinary(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const buffer = Buffer.alloc(CHUNK);
    const [id, content] = BUILD_ID.exec(buffer.toString('latin1', 0, readSync(file, buffer, 0, HEAD, 0))) ?? [];
    return id !== undefined && contentOf(file, buffer, id).content === content;
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The build id of a binary; undefined where it has none that is as go writes it. @throws Error as `openSync`. */
export function buildIdOf(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    return BUILD_ID.exec(head.toString('latin1', 0, readSync(file, head, 0, HEAD, 0)))?.[0];
  } finally {
    closeSync(file);
  }
}

/** The content hash of a package's archive or of a program, in which a build id stands. */
export function contentIdOf(path: string, id: string): string {
  const file = openSync(path, 'r');
  try {
    return contentOf(file, Buffer.allocUnsafe(CHUNK), id).content;
  } finally {
    closeSync(file);
  }
}

/**
 * Gives a program that was just linked its build id, as go does after a link: the content hash takes the place of the
 * last part. Not for Mach-O, whose signature would have to be made anew.
 *
 * @param id what the linker was told. Where other flags have replaced it, nothing is written.
 */
export function writeContentId(path: string, id: string): void {
  const file = openSync(path, 'r+');
  try {
    const { content, places } = contentOf(file, Buffer.allocUnsafe(CHUNK), id);
    const whole = id.replace(/[^/]*$/, content);
    for (const place of places) writeSync(file, whole, place, 'latin1');
  } finally {
    closeSync(file);
  }
}

/**
 * The content hash as go computes it: of the whole file with zeros wherever the build id stands, and in place of the
 * GNU build id, which is derived from it. With the places of the id.
 */
function contentOf(file: number, buffer: Buffer, id: string): { content: string; places: number[] } {
  const hash = createHash('sha256');
  const overlap = id.length - 1;
  let kept = 0;
  const places: number[] = [];
  let position = 0;
  for (;;) {
    const start = position - kept;
    const read = readSync(file, buffer, kept, CHUNK - kept, position);
    if (position === 0) blankGnuBuildId(buffer.subarray(0, Math.min(read, HEAD)));
    position += read;
    const filled = kept + read;
    for (let at = buffer.indexOf(id); at >= 0 && at + id.length <= filled; at = buffer.indexOf(id, at)) {
      buffer.fill(0, at, at + id.length);
      places.push(start + at);
    }
    // The last bytes may be the beginning of an id that the next chunk ends.
    const done = read === 0 ? filled : Math.max(0, filled - overlap);
    hash.update(buffer.subarray(0, done));
    if (read === 0) return { content: hash.digest().subarray(0, 15).toString('base64url'), places };
    buffer.copyWithin(0, done, filled);
    kept = filled - done;
  }
}

/** The ELF note `GNU`, type 3: sizes of name and content, the type, the name, the content; in either byte order. */
function blankGnuBuildId(head: Buffer): void {
  if (head.toString('latin1', 0, 4) !== '\x7fELF') return;
  const littleEndian = head[5] === 1;
  const note = Buffer.from('\x03\0\0\0GNU\0', 'latin1');
  if (!littleEndian) note.subarray(0, 4).reverse();
  const type = head.indexOf(note);
  if (type < 8) return;
  const size = littleEndian ? head.readUInt32LE(type - 4) : head.readUInt32BE(type - 4);
  head.fill(0, type + 8, type + 8 + size);
}

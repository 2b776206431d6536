import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { CacheEntry } from '../go/build-cache/build-cache.js';

/** A compiled package as a store has it. */
export interface PackageObject {
  /** See `packageKeys`: under this name it lies in the store. */
  readonly key: string;
  readonly importPath: string;
  readonly entry: CacheEntry;
  /** What it took to compile it. */
  readonly milliseconds: number;
}

/** Signs, or checks, the line that says what an object is. */
export interface ObjectSigner {
  readonly sign?: ((line: string) => string) | undefined;
  /** Undefined where everything is trusted. */
  readonly isTrusted?: ((line: string, signature: string) => boolean) | undefined;
}

/** No archive of a package comes near it: what is larger is none. */
export const MOST_BYTES = 256 * 1024 * 1024;
/** Bytes of the lines before the body. */
const MOST_HEAD = 16 * 1024;
/** Bytes that are packed or unpacked at a time, at most. With Node's 16 KiB a third of the time goes into that. */
const CHUNK = 4 * 1024 * 1024;
/**
 * The fastest but one, and what it looks back at fits into a processor's cache: on what go writes it is twice as fast
 * as the fastest of gzip, and makes less of it.
 */
const COMPRESSION = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 };
const FORMAT = 'nx-gopher package 2';
const DIGITS = /^[0-9a-f]{64}$/;

/**
 * Packs a compiled package: a line that names the format, one of JSON that says what it is, one with a signature of the
 * line before, which may be empty, and the body, with brotli.
 *
 * @returns undefined where the body is not what the entry says, or too large.
 */
export async function packed(object: PackageObject, body: Buffer, { sign }: ObjectSigner): Promise<Buffer | undefined> {
  if (body.length > MOST_BYTES || body.length !== object.entry.size || sha256(body) !== object.entry.output)
    return undefined;
  const line = JSON.stringify(object);
  const chunkSize = chunkFor(body.length / 2);
  const compressed = await promisify(brotliCompress)(body, { chunkSize, params: COMPRESSION });
  return Buffer.concat([Buffer.from(`${FORMAT}\n${line}\n${sign?.(line) ?? ''}\n`), compressed]);
}

/** What a store gave for a key, not yet unpacked. */
export interface GivenObject {
  readonly object: PackageObject;
  /** Unpacks the body. @throws Error for one that is not what the object says. */
  body(): Promise<Buffer>;
}

/**
 * Reads what a store gave for a key.
 *
 * @throws Error that says why it is not to be believed: it is damaged, another package's, or not signed by whom nx.json
 *   trusts.
 */
export function given(key: string, content: Buffer, { isTrusted }: ObjectSigner): GivenObject {
  const head = content.subarray(0, MOST_HEAD).toString('latin1');
  const [all, format, line, signature] = /^(.*)\n(.*)\n(.*)\n/.exec(head) ?? [];
  if (all === undefined || format !== FORMAT || line === undefined) throw new Error('it is no compiled package');
  const text = Buffer.from(line, 'latin1').toString('utf8');
  const object = parsed(text);
  if (!object) throw new Error('what it says of itself cannot be read');
  if (object.key !== key) throw new Error('it is another package');
  if (isTrusted && !isTrusted(text, signature ?? ''))
    throw new Error('it is not signed with a key that nx.json trusts');
  return { object, body: () => bodyOf(object, content.subarray(Buffer.byteLength(all, 'latin1'))) };
}

async function bodyOf({ entry: { size, output } }: PackageObject, compressed: Buffer): Promise<Buffer> {
  const limits = { maxOutputLength: size || 1, chunkSize: chunkFor(size) };
  const body = await promisify(brotliDecompress)(compressed, limits).catch(() => undefined);
  if (body?.length !== size || sha256(body) !== output) throw new Error('it is damaged');
  return body;
}

/** Room for so many bytes, and one more that says there are none. */
function chunkFor(bytes: number): number {
  return Math.min(CHUNK, Math.max(1024, Math.ceil(bytes) + 1));
}

function parsed(text: string): PackageObject | undefined {
  let value: Partial<PackageObject>;
  try {
    value = Object(JSON.parse(text)) as Partial<PackageObject>;
  } catch {
    return undefined;
  }
  const { key, importPath, milliseconds } = value;
  const entry = Object(value.entry) as Partial<CacheEntry>;
  const { action = '', output = '', size = -1 } = entry;
  const isEntry =
    DIGITS.test(action) && DIGITS.test(output) && Number.isInteger(size) && size >= 0 && size <= MOST_BYTES;
  if (!isEntry || typeof key !== 'string' || typeof importPath !== 'string') return undefined;
  const time = typeof milliseconds === 'number' && milliseconds > 0 ? milliseconds : 0;
  return { key, importPath, entry: { action, output, size }, milliseconds: time };
}

function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

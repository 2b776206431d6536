import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

import { linkTarget, type OutputFile } from './output-files.js';

/** Bytes that are read at once: to read a file as a whole takes half as long again, for new memory has to be filled. */
const CHUNK = 1 << 20;
/** Buffers of earlier calls; as many as there were calls side by side. */
const free: Buffer[] = [];

/** The sha256 of a file's bytes in hexadecimal; of where it leads to, for a symbolic link. */
export async function digestOf(path: string, { mode }: Pick<OutputFile, 'mode'>): Promise<string> {
  const hash = createHash('sha256');
  if (mode === 'link') return hash.update(linkTarget(path)).digest('hex');
  const file = await open(path);
  const chunk = free.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
  try {
    const read = async (): Promise<number> => (await file.read(chunk, 0, CHUNK)).bytesRead;
    for (let length = await read(); length > 0; length = await read()) hash.update(chunk.subarray(0, length));
  } finally {
    free.push(chunk);
    await file.close();
  }
  return hash.digest('hex');
}

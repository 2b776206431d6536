import { expect, it } from '@jest/globals';

import { MOST_BYTES } from '../package-object.js';
import { Bodies } from './bodies.js';

const MEGABYTE = Buffer.alloc(1024 * 1024);

async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  for (let given = 0; given < count; given++) {
    await new Promise((resolve) => setImmediate(resolve));
    yield MEGABYTE;
  }
}

it('is read as far as there is room for all that is read at a time', async () => {
  const bodies = new Bodies('store');
  const endless = Array.from({ length: 20 }, () => bodies.read(megabytes(Infinity), 0));
  const results = await Promise.allSettled(endless);
  const failed = results.map((result) => (result.status === 'rejected' ? String(result.reason) : ''));
  expect(failed.filter((text) => /store gave \d+ bytes for a package/.test(text))).toHaveLength(20);
  await expect(bodies.read(megabytes(3), 0)).resolves.toHaveLength(3 * MEGABYTE.length);
});

it('is not begun where it is announced to be too much', async () => {
  await expect(new Bodies('store').read(megabytes(1), MOST_BYTES + 1)).rejects.toThrow('store gave 268435457 bytes');
});

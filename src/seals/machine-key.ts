import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'nx-gopher-machine-key';

/**
 * The key that tells what was made with this cache from what came into it from elsewhere; made when it is missing. It
 * lies in Nx's cache, which is removed with it.
 *
 * @param cacheFolder absolute.
 * @returns undefined where it can be neither read nor written.
 */
export function machineKey(cacheFolder: string): Buffer | undefined {
  const path = join(cacheFolder, NAME);
  return readKey(path) ?? makeKey(path);
}

/** What this machine stamps a seal with, in base64. */
export function machineStamp(body: string, key: Buffer): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

export function isMadeHere(body: string, stamp: string, key: Buffer): boolean {
  const [expected, other] = [Buffer.from(machineStamp(body, key), 'base64'), Buffer.from(stamp, 'base64')];
  return expected.length === other.length && timingSafeEqual(expected, other);
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = readFileSync(path);
    return key.length === 32 ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Of several processes that make one, the first wins: a link, unlike a rename, leaves what is there. */
function makeKey(path: string): Buffer | undefined {
  const temporary = `${path}-${process.pid}`;
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(temporary, randomBytes(32), { mode: 0o600 });
    linkSync(temporary, path);
  } catch {
    // Another process was faster, or there is no place for a key.
  } finally {
    rmSync(temporary, { force: true });
  }
  return readKey(path);
}

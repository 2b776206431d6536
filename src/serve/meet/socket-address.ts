import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Longest path of a socket that all systems take, less what a process adds to it for a moment. */
const LONGEST = 90;

/**
 * Where the processes that serve programs of a workspace meet: a socket in Nx's workspace data folder. Where that
 * path is too long for a socket it is in a folder of the user's in the system's temporary folder; on Windows a named
 * pipe.
 */
export function socketAddress(dataFolder: string, platform: NodeJS.Platform = process.platform): string {
  const digest = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\nx-gopher-serve-${digest}`;
  const path = join(dataFolder, 'nx-gopher-serve.sock');
  if (Buffer.byteLength(path) <= LONGEST) return path;
  return join(tmpdir(), `nx-gopher-${userInfo().uid}`, `${digest}.sock`);
}

/** Makes the folder of the socket, for its user alone. */
export function makeSocketFolder(address: string): void {
  if (!address.startsWith('\\\\')) mkdirSync(join(address, '..'), { recursive: true, mode: 0o700 });
}

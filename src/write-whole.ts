import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a file is called while it is written: what a process that was killed left is told by it. */
export const UNFINISHED = '.tmp';

/**
 * Writes a file, and the directories above it, whole or not at all: other processes may write and read it meanwhile.
 *
 * @param mode permissions, before the umask takes from them.
 * @throws Error of the file system.
 */
export async function writeWhole(path: string, content: Buffer | string, mode = 0o666): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  const write = (): Promise<void> => writeFile(unfinished, content, { mode });
  try {
    await write().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      await write();
    });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { guard } from '../../go/process/interruption.js';

/** A directory next to an output. Go writes there, so that outputs appear whole, by a rename. */
export interface Staging {
  readonly dir: string;
  /** Removes it; what was made for it and holds nothing goes as well. */
  remove(): void;
}

/** Makes a hidden directory next to `output` (same file system, and as little watched as the output). */
export function createStaging(output: string): Staging {
  const parent = dirname(output);
  const firstCreated = mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, '.nx-gopher-'));
  const abandon = (): void => rmSync(dir, { recursive: true, force: true });
  const release = guard({ abandon });
  return {
    dir,
    remove: () => {
      abandon();
      release();
      if (firstCreated !== undefined) removeEmpty(parent, firstCreated);
    },
  };
}

/** Moves go's output to its place. To another file system it copies next to it first: no half-written file shows. */
export function place(made: string, output: string): void {
  mkdirSync(dirname(output), { recursive: true });
  try {
    renameSync(made, output);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    placeByCopy(made, output);
  }
}

function placeByCopy(made: string, output: string): void {
  const copy = join(dirname(output), `.nx-gopher-${process.pid}-${basename(output)}`);
  const remove = (): void => rmSync(copy, { force: true });
  const release = guard({ abandon: remove });
  try {
    copyFileSync(made, copy);
    renameSync(copy, output);
  } finally {
    remove();
    release();
  }
}

function removeEmpty(from: string, upTo: string): void {
  for (let dir = from; dir.length >= upTo.length; dir = dirname(dir)) {
    try {
      if (readdirSync(dir).length > 0) return;
      rmdirSync(dir);
    } catch {
      // Another task has just put something there, or removed it itself.
      return;
    }
  }
}

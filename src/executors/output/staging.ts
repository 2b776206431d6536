import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { guard } from '../../go/process/interruption.js';

/** A directory where go writes, so that outputs appear whole, by a rename. */
export interface Staging {
  readonly dir: string;
  /** Removes it; what was made for it and holds nothing goes as well. */
  remove(): void;
}

/** Where what is made for a workspace is staged: on its file system, and where nobody else looks. */
export function stagingFolder(workspaceRoot: string): string {
  return join(workspaceRoot, 'dist/.nx-gopher/.staging');
}

/** Process ids mean nothing on another machine, nor in another container, which may have the workspace as well. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Milliseconds after which a directory of another machine is nobody's any more. */
const ABANDONED = 24 * 60 * 60 * 1000;

/**
 * Makes a staging directory, and removes those of processes that were killed.
 *
 * @param folder absolute; holds nothing but such directories.
 */
export function createStaging(folder: string): Staging {
  sweep(folder);
  const { dir, made } = makeIn(folder);
  const abandon = (): void => rmSync(dir, { recursive: true, force: true });
  const release = guard({ abandon });
  return {
    dir,
    remove: () => {
      abandon();
      release();
      removeEmpty(folder, made);
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

/** @returns the directory, and the first of those above it that had to be made. */
function makeIn(folder: string): { dir: string; made: string } {
  for (let tries = 1; ; tries++) {
    const made = mkdirSync(folder, { recursive: true }) ?? folder;
    try {
      return { dir: mkdtempSync(join(folder, `${MACHINE}-${process.pid}-`)), made };
    } catch (error) {
      // Another task has removed the folder, which was empty, in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 100) throw error;
    }
  }
}

function sweep(folder: string): void {
  for (const name of namesIn(folder)) {
    const dir = join(folder, name);
    if (isAbandoned(dir, name)) rmSync(dir, { recursive: true, force: true });
  }
}

function isAbandoned(dir: string, name: string): boolean {
  const [, machine, pid] = /^([0-9a-f]+)-(\d+)-/.exec(name) ?? [];
  if (machine === MACHINE) return !isAlive(Number(pid));
  const changed = statSync(dir, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Date.now() - changed > ABANDONED;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
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

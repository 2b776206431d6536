import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const THIRDS = 3;

/**
 * Chooses how rows are measured: NX_GOPHER_SEED, a whole number, else the commit. So the same commit always passes or
 * fails, and from one commit to the next rows are measured in other ways. Any three seeds in a row take every row
 * through all three.
 */
export const SEED = seed(process.env['NX_GOPHER_SEED']) ?? seedOfCommit();

/** Whether a row, by its number in the table, is measured in a new process without data of earlier rows, too. */
export function isAfresh(row: number): boolean {
  return (row + SEED) % THIRDS === 0;
}

/** Whether a row is measured in a new process, with what earlier rows left on disk, instead of the one that serves. */
export function isFromDisk(row: number): boolean {
  return (row + SEED) % THIRDS === 1;
}

function seed(setting: string | undefined): number | undefined {
  if (!setting) return undefined;
  if (!/^\d+$/.test(setting)) throw new Error(`NX_GOPHER_SEED=${setting} is not a whole number`);
  return Number(setting);
}

/** The first digits of the commit that is checked out; 0 where there is no git. */
function seedOfCommit(): number {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd, encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout.slice(0, 8), 16) : 0;
}

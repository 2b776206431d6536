const THIRDS = 3;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Chooses how rows are measured: NX_GOPHER_SEED, a whole number, else the number of the day, so that three days in a
 * row take every row through all three ways.
 */
export const SEED = seed(process.env['NX_GOPHER_SEED']);

/** Whether a row, by its number in the table, is measured in a new process without data of earlier rows, too. */
export function isAfresh(row: number): boolean {
  return (row + SEED) % THIRDS === 0;
}

/** Whether a row is measured in a new process, with what earlier rows left on disk, instead of the one that serves. */
export function isFromDisk(row: number): boolean {
  return (row + SEED) % THIRDS === 1;
}

function seed(given: string | undefined): number {
  if (!given) return Math.floor(Date.now() / DAY);
  if (!/^\d+$/.test(given)) throw new Error(`NX_GOPHER_SEED=${given} is not a whole number`);
  return Number(given);
}

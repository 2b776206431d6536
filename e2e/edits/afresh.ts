/** One row in so many is measured afresh: without what earlier rows left, in a new process. */
const ONE_IN = 3;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Chooses the rows that are measured afresh: NX_GOPHER_SEED, a whole number, else the number of the day, so that three
 * days in a row take every row once.
 */
export const SEED = seed(process.env['NX_GOPHER_SEED']);

/** @param row the number of the row in its table. */
export function isAfresh(row: number): boolean {
  return (row + SEED) % ONE_IN === 0;
}

function seed(given: string | undefined): number {
  if (!given) return Math.floor(Date.now() / DAY);
  if (!/^\d+$/.test(given)) throw new Error(`NX_GOPHER_SEED=${given} is not a whole number`);
  return Number(given);
}

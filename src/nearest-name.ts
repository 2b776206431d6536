import { closest } from 'fastest-levenshtein';

/** The one of the known names that a misspelt one comes closest to, whatever its case. */
export function nearestName(name: string, known: readonly string[]): string {
  const lower = closest(
    name.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  return known.find((one) => one.toLowerCase() === lower) ?? lower;
}

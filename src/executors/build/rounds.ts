/**
 * Splits mains into rounds in which no two have the same name: `go build -o dir/` names each binary after its package
 * and silently overwrites the first of two with one name. Names that differ in case count as one, as they do on many
 * file systems.
 */
export function rounds<T>(mains: readonly T[], nameOf: (main: T) => string): T[][] {
  const split: T[][] = [];
  const used = new Map<string, number>();
  for (const main of mains) {
    const name = nameOf(main).toLowerCase();
    const round = used.get(name) ?? 0;
    used.set(name, round + 1);
    (split[round] ??= []).push(main);
  }
  return split;
}

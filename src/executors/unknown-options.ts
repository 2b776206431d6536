import { readFileSync } from 'node:fs';

/** Names of the executors, and of their directories. */
export type ExecutorName = 'build' | 'test' | 'vet' | 'tidy';

/**
 * The message for options that an executor does not have; undefined when it has them all.
 *
 * The schemas let Nx pass unknown options on: at one it would refuse, its batch worker dies without naming it, and takes
 * all tasks of the batch along.
 */
export function unknownOptions(executor: ExecutorName, options: object): string | undefined {
  const known = knownOptions(executor);
  const { _: positional, ...named } = options as Record<string, unknown>;
  const unknown = Object.keys(named).filter((name) => !known.includes(name));
  const messages = unknown.map(
    (name) => `nx-gopher:${executor} has no option "${name}". Did you mean "${closestName(name, known)}"?\n`,
  );
  if (positional !== undefined) messages.push(`nx-gopher:${executor} takes no arguments: ${String(positional)}\n`);
  return messages.join('') || undefined;
}

function knownOptions(executor: ExecutorName): string[] {
  const url = new URL(`../../src/executors/${executor}/schema.json`, import.meta.url);
  return Object.keys((JSON.parse(readFileSync(url, 'utf8')) as { properties: object }).properties);
}

function closestName(name: string, known: readonly string[]): string | undefined {
  const byDistance = known.map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }));
  return byDistance.sort((a, b) => a.distance - b.distance)[0]?.other;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

import type { Listing } from '../../go/listing/package.js';

/**
 * The shortest way of imports from one of some packages to another, both ends included: each package imports the next.
 * Undefined where there is none. Of ways of one length the first by name.
 *
 * @param roots import paths; of these alone what their tests import counts too, with `tests`.
 */
export function importChain(
  listing: Listing,
  roots: readonly string[],
  target: string,
  { tests }: { readonly tests: boolean },
): string[] | undefined {
  const from = new Map<string, string | undefined>(roots.map((root) => [root, undefined]));
  const isRoot = new Set(roots);
  // A Map visits what is added while iterating it: the nearest packages first.
  for (const path of from.keys()) {
    if (path === target) return wayTo(path, from);
    const pkg = listing.get(path);
    const imports = [...(pkg?.imports ?? []), ...(tests && isRoot.has(path) ? (pkg?.testImports ?? []) : [])];
    for (const next of imports.sort()) if (!from.has(next)) from.set(next, path);
  }
  return undefined;
}

function wayTo(path: string, from: ReadonlyMap<string, string | undefined>): string[] {
  const way = [path];
  for (let before = from.get(path); before !== undefined; before = from.get(before)) way.unshift(before);
  return way;
}

import type { GoAction } from './action-graph.js';

/** A package as go lists it. */
export interface ListedPackage {
  /** `p`, or `p [q.test]` where it is compiled anew for a test. */
  readonly importPath: string;
  /** As go names it where it compiles it. */
  readonly plainPath: string;
  /** Import paths, as go lists them. */
  readonly imports: readonly string[];
}

/**
 * Finds the compile of each listed package. Where a package is compiled in several ways, for tests and for others, go
 * gives all of them one name: they are told apart by which package it is that waited for them.
 *
 * @returns compiles by import path as go lists it, without those that cannot be told apart.
 */
export function compiledPackages(
  actions: readonly GoAction[],
  listed: readonly ListedPackage[],
): ReadonlyMap<string, GoAction> {
  const compiles = actions.filter(({ mode, action }) => mode === 'build' && action !== undefined);
  const compileOf = uniqueBy(compiles, ({ importPath }) => importPath);
  const packageOf = uniqueBy(listed, ({ plainPath }) => plainPath);
  const found = new Map<string, GoAction>();
  for (const [path, action] of compileOf) {
    const one = packageOf.get(path);
    if (one) found.set(one.importPath, action);
  }
  if (compileOf.size < compiles.length) followImports(found, listed);
  return found;
}

/** Goes from compiles that are known to those of what they import. */
function followImports(found: Map<string, GoAction>, listed: readonly ListedPackage[]): void {
  const byPath = new Map(listed.map((one) => [one.importPath, one]));
  const left = [...found.keys()];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const needs = found.get(path)?.needs.filter(({ mode }) => mode === 'build') ?? [];
    for (const imported of byPath.get(path)?.imports ?? []) {
      const plainPath = byPath.get(imported)?.plainPath;
      const [action, other] = found.has(imported) ? [] : needs.filter(({ importPath }) => importPath === plainPath);
      if (!action || other) continue;
      found.set(imported, action);
      left.push(imported);
    }
  }
}

/** What has a name for itself, by that name. */
function uniqueBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): ReadonlyMap<string, Item> {
  const found = new Map<string, Item | undefined>();
  for (const item of items) found.set(nameOf(item), found.has(nameOf(item)) ? undefined : item);
  return new Map([...found].flatMap(([name, item]) => (item ? [[name, item] as const] : [])));
}

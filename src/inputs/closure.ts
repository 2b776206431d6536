import type { Listing, Package } from '../go/package.js';

/**
 * The packages that `roots` are made of: themselves and all they import, the roots first. Imports of the standard
 * library are in no listing and so left out; one that resolves to nothing is in it as a package with an error.
 */
export function closure(listing: Listing, roots: readonly string[]): Package[] {
  const seen = new Set(roots);
  const packages: Package[] = [];
  // A Set visits what is added while iterating it.
  for (const importPath of seen) {
    const pkg = listing[importPath];
    if (!pkg) continue;
    packages.push(pkg);
    for (const imported of pkg.imports) seen.add(imported);
  }
  return packages;
}

/** As {@link closure}, with what the roots' own tests import. */
export function testClosure(listing: Listing, roots: readonly string[]): Package[] {
  return closure(listing, [...new Set([...roots, ...roots.flatMap((root) => listing[root]?.testImports ?? [])])]);
}

const byDirectory = new WeakMap<Listing, ReadonlyMap<string, Package>>();

/** The packages of a listing by their directory; made once per listing. */
export function packagesByDir(listing: Listing): ReadonlyMap<string, Package> {
  let packages = byDirectory.get(listing);
  if (!packages) {
    // A package imported through a link is, where it lies, another one.
    const own = Object.values(listing).filter((pkg) => pkg.linkedBy === undefined);
    packages = new Map(own.map((pkg) => [pkg.dir, pkg]));
    byDirectory.set(listing, packages);
  }
  return packages;
}

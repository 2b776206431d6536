import { isDeepStrictEqual } from 'node:util';

import { isLeftOut, listingOf, type Listing, type Package } from '../../go/listing/package.js';
import { Closures } from './closure.js';

/** How the package directories of a listing differ from what it was made of. */
export interface TouchedDirs {
  /** To be listed again, or for the first time. */
  readonly changed: readonly string[];
  /** No longer to be listed. */
  readonly removed: readonly string[];
}

/**
 * Brings a listing up to date with a listing of the touched packages and all that they import.
 *
 * Import errors, cycles, left-out packages and other things that reach beyond the touched packages are not reasoned
 * about: where one of them shows, the answer is that everything has to be listed again.
 *
 * @param known a listing of all of `roots` as they were.
 * @param fresh a listing of the changed directories, made as `known` was.
 * @param roots the directories to be listed now; the tests of no others count.
 * @returns undefined when all of the roots have to be listed.
 */
export function refreshListing(
  known: Listing,
  fresh: Listing,
  touched: TouchedDirs,
  roots: ReadonlySet<string>,
): Listing | undefined {
  const changed = new Set(touched.changed);
  const gone = new Set([...touched.changed, ...touched.removed]);
  const before = [...known.values()].filter(({ dir }) => gone.has(dir));
  const after = [...fresh.values()].filter(({ dir }) => changed.has(dir));
  if (after.length !== changed.size || !areOrdinary(before, known) || !areOrdinary(after, fresh)) return undefined;
  if ([...fresh.values()].some((pkg) => !isHealthy(pkg)) || !areConsistent(known, fresh, changed)) return undefined;
  const kept = [...known.values()].filter(({ dir }) => !gone.has(dir));
  const merged = listingOf([...fresh.values(), ...kept]);
  const used = reached(merged, roots);
  const next = listingOf([...merged.values()].filter(({ importPath }) => used.has(importPath)));
  const isMissing = ({ importPath }: Package): boolean => used.has(importPath) && !next.has(importPath);
  return before.some(isMissing) || closesTestCycle(known, next, after) ? undefined : next;
}

/** Whether a package loads; one without any file for the platform does no harm. */
export function isHealthy(pkg: Package): boolean {
  return isLeftOut(pkg) || (pkg.errors.length === 0 && pkg.testErrors.length === 0);
}

/** Whether neither they nor what they import is left out: who imports such a package decides about its error. */
function areOrdinary(packages: readonly Package[], listing: Listing): boolean {
  return packages.every((pkg) => {
    const imported = [...pkg.imports, ...pkg.testImports].flatMap((path) => listing.get(path) ?? []);
    return ![pkg, ...imported].some(isLeftOut);
  });
}

/**
 * Whether the fresh listing says of untouched packages what is known, and the touched ones are still to others what
 * they were: a package that becomes a program, is left with tests alone, or takes the path of another one, is an error
 * to them.
 */
function areConsistent(known: Listing, fresh: Listing, changed: ReadonlySet<string>): boolean {
  const paths = new Set([...known.keys()].map((path) => path.toLowerCase()));
  const dirs = new Set([...known.values()].map((pkg) => pkg.dir));
  return [...fresh.values()].every((pkg) => {
    const before = known.get(pkg.importPath);
    if (!before) return !paths.has(pkg.importPath.toLowerCase()) && (pkg.dir === '' || !dirs.has(pkg.dir));
    if (changed.has(pkg.dir)) {
      return before.dir === pkg.dir && before.name === pkg.name && isImportable(before) === isImportable(pkg);
    }
    return isDeepStrictEqual({ ...before, testErrors: [] }, { ...pkg, testErrors: [] });
  });
}

function isImportable(pkg: Package): boolean {
  return pkg.files.some((file) => file.endsWith('.go'));
}

/** The import paths of the packages in the roots, and all that they and their tests import. */
function reached(listing: Listing, roots: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set([...listing.values()].flatMap((pkg) => (roots.has(pkg.dir) ? [pkg.importPath] : [])));
  // A Set visits what is added while iterating it.
  for (const path of found) {
    const pkg = listing.get(path);
    for (const imported of pkg?.imports ?? []) found.add(imported);
    if (pkg && roots.has(pkg.dir)) for (const imported of pkg.testImports) found.add(imported);
  }
  return found;
}

/**
 * Whether tests of an untouched package have come to import the package that they are in: an error unless they are an
 * external test, which the listing does not tell apart.
 */
function closesTestCycle(known: Listing, next: Listing, touched: readonly Package[]): boolean {
  const [before, now] = [Closures.of(known), Closures.of(next)];
  const paths = touched.map(({ importPath }) => importPath);
  const below = now.closure(paths);
  const isAbove = (closures: Closures, { importPath, testImports }: Package): boolean =>
    closures.numbersOf([importPath]).some((number) => closures.closure(testImports).has(number));
  return now.packages.some(
    (pkg, number) =>
      below.has(number) &&
      !paths.includes(pkg.importPath) &&
      isAbove(now, pkg) &&
      !isAbove(before, known.get(pkg.importPath) ?? pkg),
  );
}

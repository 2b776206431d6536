import type { Listing, Package } from '../../go/listing/package.js';
import { BitSet } from './bit-set.js';

const byListing = new WeakMap<Listing, Closures>();

/**
 * The closures of a listing's packages: each package with all that it imports, as a set of the packages' numbers. They
 * are made of each other, and so cost a fraction of following every import again for each package.
 *
 * Imports of the standard library are in no listing and so left out; one that resolves to nothing is in it as a package
 * with an error.
 */
export class Closures {
  /** All packages of the listing; a package's number is its place. */
  readonly packages: readonly Package[];
  private readonly numbers = new Map<string, number>();
  private readonly imports: readonly (readonly number[])[];
  /** Nothing for packages that reach an import cycle. */
  private readonly closures: (BitSet | undefined)[];

  private constructor(listing: Listing) {
    this.packages = [...listing.values()];
    for (const [number, { importPath }] of this.packages.entries()) this.numbers.set(importPath, number);
    this.imports = this.packages.map((pkg) => this.numbersOf(pkg.imports));
    this.closures = this.packages.map(() => undefined);
    this.close();
  }

  /** The closures of a listing, made once. */
  static of(listing: Listing): Closures {
    let closures = byListing.get(listing);
    if (!closures) byListing.set(listing, (closures = new Closures(listing)));
    return closures;
  }

  /** The numbers of those of the import paths that are in the listing. */
  numbersOf(importPaths: readonly string[]): number[] {
    return importPaths.flatMap((path) => this.numbers.get(path) ?? []);
  }

  /** The packages that `roots` are made of: themselves and all they import. */
  closure(roots: readonly string[]): BitSet {
    return this.closureOf(this.numbersOf(roots));
  }

  /** As {@link closure}, of packages by their numbers. */
  closureOf(roots: readonly number[]): BitSet {
    const reached = new BitSet(this.packages.length);
    const pending = [...roots];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (reached.has(number)) continue;
      const closure = this.closures[number];
      if (closure) reached.addAll(closure);
      else pending.push(...(this.imports[number] ?? []));
      reached.add(number);
    }
    return reached;
  }

  /** As {@link closure}, with what the roots' own tests import. */
  testClosure(roots: readonly string[]): BitSet {
    const tests = this.numbersOf(roots).flatMap((number) => this.packages[number]?.testImports ?? []);
    return this.closure([...roots, ...tests]);
  }

  /** What `roots` are made of apart from themselves. @param tests whether what their own tests import counts. */
  without(roots: readonly string[], tests: boolean): BitSet {
    const closure = tests ? this.testClosure(roots) : this.closure(roots);
    for (const number of this.numbersOf(roots)) closure.delete(number);
    return closure;
  }

  /** The numbers of the packages that a package imports. */
  importsOf(number: number): readonly number[] {
    return this.imports[number] ?? [];
  }

  /** What `roots` import of others. @param tests whether what their own tests import counts. */
  importedBy(roots: readonly string[], tests: boolean): number[] {
    const numbers = this.numbersOf(roots);
    const imports = numbers.flatMap((number) => {
      const testImports = tests ? (this.packages[number]?.testImports ?? []) : [];
      return [...this.importsOf(number), ...this.numbersOf(testImports)];
    });
    const members = new Set(numbers);
    return [...new Set(imports)].filter((number) => !members.has(number));
  }

  /** Those of the packages that no other of them imports, directly or not; on a cycle, all. */
  uppermost(numbers: readonly number[]): number[] {
    const below = new BitSet(this.packages.length);
    for (const number of numbers) {
      for (const imported of this.importsOf(number)) {
        const closure = this.closures[imported];
        if (closure) below.addAll(closure);
      }
    }
    return numbers.filter((number) => !below.has(number));
  }

  packagesIn(closure: BitSet): Package[] {
    return this.packages.filter((_, number) => closure.has(number));
  }

  /** Makes the closures, those of imported packages first. */
  private close(): void {
    const importers = this.packages.map((): number[] => []);
    for (const [number, imports] of this.imports.entries()) for (const one of imports) importers[one]?.push(number);
    const missing = this.imports.map(({ length }) => length);
    const ready = missing.flatMap((count, number) => (count === 0 ? [number] : []));
    const sets = BitSet.many(this.packages.length, this.packages.length);
    // An array visits what is pushed while iterating it.
    for (const number of ready) {
      const closure = sets[number] as BitSet;
      closure.add(number);
      for (const imported of this.imports[number] ?? []) closure.addAll(this.closures[imported] as BitSet);
      this.closures[number] = closure;
      for (const importer of importers[number] ?? []) if (--(missing[importer] as number) === 0) ready.push(importer);
    }
  }
}

const byDirectory = new WeakMap<Listing, ReadonlyMap<string, Package>>();

/** The packages of a listing by their directory; made once per listing. */
export function packagesByDir(listing: Listing): ReadonlyMap<string, Package> {
  let packages = byDirectory.get(listing);
  if (!packages) {
    // A package imported through a link is, where it lies, another one.
    const unlinked = [...listing.values()].filter((pkg) => pkg.linkedBy === undefined);
    packages = new Map(unlinked.map((pkg) => [pkg.dir, pkg]));
    byDirectory.set(listing, packages);
  }
  return packages;
}

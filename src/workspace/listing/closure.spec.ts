import { describe, expect, it } from '@jest/globals';

import { listingOf, type Listing, type Package } from '../../go/listing/package.js';
import { Closures } from './closure.js';

function importing(imports: Readonly<Record<string, readonly [string[], string[]?]>>): Listing {
  const packages = Object.entries(imports).map(([importPath, [compiled, test = []]]) => {
    return { importPath, imports: compiled, testImports: test } as Partial<Package> as Package;
  });
  return listingOf(packages);
}

function pathsOf(listing: Listing, choose: (closures: Closures) => ReturnType<Closures['closure']>): string[] {
  const closures = Closures.of(listing);
  const chosen = choose(closures);
  return closures.packages.filter((_, number) => chosen.has(number)).map(({ importPath }) => importPath);
}

describe('with tests and a cycle', () => {
  const listing = importing({
    main: [['a', 'fmt'], ['check']],
    a: [['b', 'main'], ['only-in-tests-of-a']],
    b: [['gone']],
    check: [['b']],
    'only-in-tests-of-a': [[]],
  });

  it('holds a package and all it imports', () => {
    expect(pathsOf(listing, (closures) => closures.closure(['main']))).toEqual(['a', 'b', 'main']);
    expect(pathsOf(listing, (closures) => closures.closure(['check', 'unknown']))).toEqual(['b', 'check']);
  });

  it('holds what the tests of the root import, and nothing of the tests of what it imports', () => {
    expect(pathsOf(listing, (closures) => closures.testClosure(['main']))).toEqual(['a', 'b', 'check', 'main']);
  });
});

it('finds in random import graphs what following every import finds', () => {
  let state = 7;
  const below = (limit: number): number => (state = (state * 48271) % 2147483647) % limit;
  for (let round = 0; round < 50; round++) {
    const size = 1 + below(90);
    const random = Array.from({ length: size }, (_, number): [string, [string[]]] => {
      // Now and then an import of a later package, which may close a cycle.
      const imported = Array.from({ length: below(4) }, () => below(below(20) === 0 ? size : number + 1));
      return [`p${number}`, [imported.filter((other) => other !== number).map((other) => `p${other}`)]];
    });
    const listing = importing(Object.fromEntries(random));
    for (const root of [...listing.keys()]) {
      const followed = new Set([root]);
      for (const path of followed) for (const imported of listing.get(path)?.imports ?? []) followed.add(imported);
      expect(pathsOf(listing, (closures) => closures.closure([root]))).toEqual(
        [...listing.keys()].filter((path) => followed.has(path)),
      );
    }
  }
});

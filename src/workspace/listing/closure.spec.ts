import { describe, expect, it } from '@jest/globals';

import type { Listing } from '../../go/listing/package.js';
import { Closures } from './closure.js';

function listingOf(imports: Readonly<Record<string, readonly [string[], string[]?]>>): Listing {
  const packages = Object.entries(imports).map(([importPath, [compiled, test = []]]) => {
    return [importPath, { importPath, imports: compiled, testImports: test }];
  });
  return Object.fromEntries(packages) as unknown as Listing;
}

function pathsOf(listing: Listing, choose: (closures: Closures) => ReturnType<Closures['closure']>): string[] {
  const closures = Closures.of(listing);
  const chosen = choose(closures);
  return closures.packages.filter((_, number) => chosen.has(number)).map(({ importPath }) => importPath);
}

describe('with tests and a cycle', () => {
  const listing = listingOf({
    main: [['a', 'fmt'], ['check']],
    a: [['b', 'main'], ['only-in-tests-of-a']],
    b: [['gone']],
    check: [['b']],
    'only-in-tests-of-a': [[]],
  });

  it('holds a package and all it imports', () => {
    expect(pathsOf(listing, (closures) => closures.closure(['main']))).toEqual(['main', 'a', 'b']);
    expect(pathsOf(listing, (closures) => closures.closure(['check', 'unknown']))).toEqual(['b', 'check']);
  });

  it('holds what the tests of the root import, and nothing of the tests of what it imports', () => {
    expect(pathsOf(listing, (closures) => closures.testClosure(['main']))).toEqual(['main', 'a', 'b', 'check']);
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
    const listing = listingOf(Object.fromEntries(random));
    for (const root of Object.keys(listing)) {
      const followed = new Set([root]);
      for (const path of followed) for (const imported of listing[path]?.imports ?? []) followed.add(imported);
      expect(pathsOf(listing, (closures) => closures.closure([root]))).toEqual(
        Object.keys(listing).filter((path) => followed.has(path)),
      );
    }
  }
});

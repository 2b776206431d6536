import { expect, it } from '@jest/globals';

import { ByName } from '../../by-name.js';
import type { Package } from '../../go/listing/package.js';
import { Random } from '../../../testing/random/random.js';
import { importChain } from './import-chain.js';

function listing(imports: Readonly<Record<string, readonly string[]>>, tests: Readonly<Record<string, string[]>> = {}) {
  const entries = Object.entries(imports).map(([importPath, imported]): [string, Package] => [
    importPath,
    { importPath, imports: imported, testImports: tests[importPath] ?? [] } as unknown as Package,
  ]);
  return new ByName(entries);
}

it('gives the shortest way, both ends included', () => {
  const packages = listing({ main: ['a', 'b'], a: ['b', 'c'], b: ['d'], c: ['d'], d: [] });
  expect(importChain(packages, ['main'], 'd', { tests: false })).toEqual(['main', 'b', 'd']);
  expect(importChain(packages, ['main'], 'main', { tests: false })).toEqual(['main']);
  expect(importChain(packages, ['b'], 'c', { tests: false })).toBeUndefined();
});

it('follows the tests of the roots alone', () => {
  const packages = listing({ main: ['a'], a: [], b: [], c: [] }, { main: ['b'], a: ['c'] });
  expect(importChain(packages, ['main'], 'b', { tests: true })).toEqual(['main', 'b']);
  expect(importChain(packages, ['main'], 'b', { tests: false })).toBeUndefined();
  expect(importChain(packages, ['main'], 'c', { tests: true })).toBeUndefined();
});

it('ends at cycles, and is as short as any way, in random graphs', () => {
  const random = new Random('import chains');
  for (let round = 0; round < 200; round++) {
    const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
    const packages = listing(Object.fromEntries(names.map((name) => [name, names.filter(() => random.chance(0.12))])));
    const distances = shortest(packages, 'p0');
    for (const name of names) {
      const chain = importChain(packages, ['p0'], name, { tests: false });
      expect(chain?.length).toBe(distances.get(name));
      for (const [at, one] of (chain ?? []).slice(1).entries())
        expect(packages.get(chain?.[at] as string)?.imports).toContain(one);
    }
  }
});

/** The number of packages on the shortest way, by relaxing all edges again and again. */
function shortest(packages: ReturnType<typeof listing>, root: string): Map<string, number> {
  const distances = new Map([[root, 1]]);
  for (let round = 0; round < packages.size; round++) {
    for (const [name, distance] of distances) {
      for (const next of packages.get(name)?.imports ?? [])
        distances.set(next, Math.min(distance + 1, distances.get(next) ?? Infinity));
    }
  }
  return distances;
}

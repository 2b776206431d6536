import { expect, it } from '@jest/globals';

import type { Listing } from '../go/package.js';
import { closure, testClosure } from './closure.js';

const listing = Object.fromEntries(
  Object.entries({
    main: [['a', 'fmt'], ['check']],
    a: [['b', 'main'], ['only-in-tests-of-a']],
    b: [['gone'], []],
    check: [['b'], []],
  }).map(([importPath, [imports, testImports]]) => [importPath, { importPath, imports, testImports }]),
) as unknown as Listing;

const paths = (packages: ReturnType<typeof closure>): string[] => packages.map(({ importPath }) => importPath);

it('holds a package and all it imports, itself first, cycles or not', () => {
  expect(paths(closure(listing, ['main']))).toEqual(['main', 'a', 'b']);
});

it('holds what the tests of the root import, and nothing of the tests of what it imports', () => {
  expect(paths(testClosure(listing, ['main']))).toEqual(['main', 'check', 'a', 'b']);
});

import { expect, it } from '@jest/globals';

import { nearestDir } from './paths.js';

it.each([
  ['a/b/c', 'a', 'a'],
  ['a/b/c', 'a/b/c', 'a/b/c'],
  ['a/b', '.', '.'],
  ['a/b', 'x', undefined],
  ['.', 'x', undefined],
])('looks from %s upwards for %s: %s', (dir, wanted, found) => {
  expect(nearestDir(dir, (one) => one === wanted)).toBe(found);
});

it.each(['/usr/lib/go', '/', '../other/module'])('ends above %s, which lies outside', (dir) => {
  expect(nearestDir(dir, () => false)).toBeUndefined();
});

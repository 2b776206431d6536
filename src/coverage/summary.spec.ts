import { expect, it } from '@jest/globals';

import { Profile } from './profile.js';
import { byProject, minimumOf, ofChanged, ranges, table, unmatched } from './summary.js';

const MINIMUM = { '**': 60, 'services/*': 80, 'services/old': 0 };

it.each([
  ['.', 60],
  ['lib', 60],
  ['.hidden/lib', 60],
  ['services/orders', 80],
  ['services/orders/api', 60],
  ['services/old', 0],
])('asks of %s what the last glob says that matches', (root, percent) => {
  expect(minimumOf(root, MINIMUM)).toBe(percent);
  expect(minimumOf(root, 75)).toBe(75);
  expect(minimumOf(root, undefined)).toBeUndefined();
});

it('finds globs that no project matches', () => {
  expect(unmatched({ ...MINIMUM, '.': 1, servces: 2 }, new Set(['.', 'services/old']))).toEqual(['servces']);
  expect(unmatched(75, new Set())).toEqual([]);
});

it('counts a file for the nearest project above it, and marks what lacks', () => {
  const profile = new Profile();
  profile.add('mode: set\na.go:1.1,2.2 1 1\nx/y/a.go:1.1,2.2 2 0\nx/a.go:1.1,2.2 2 1\n', 'p');
  const projects = byProject(profile.files, new Set(['.', 'x']), (root) => (root === 'x' ? 50.1 : 100));
  expect(table(projects)).toBe('.    1/1  100.0 %  has 100 %\nx    2/4   50.0 %  lacks 50.1 %\nall  3/5   60.0 %\n');
});

it('finds the changed lines that no test runs', () => {
  const profile = new Profile();
  profile.add('mode: set\na.go:1.1,3.2 1 1\na.go:5.1,9.2 1 0\nb.go:1.1,2.2 1 0\nc.go:1.1,2.2 1 0\n', 'p');
  const changed = ofChanged(
    profile.files,
    new Map<string, Set<number> | 'all'>([
      ['a.go', new Set([2, 4, 5, 6, 8])],
      ['b.go', 'all'],
    ]),
  );
  expect(changed.lines).toEqual({ covered: 1, all: 6 });
  expect([...changed.missed].map(([file, lines]) => `${file} ${ranges(lines)}`)).toEqual(['a.go 5-6, 8', 'b.go 1-2']);
});

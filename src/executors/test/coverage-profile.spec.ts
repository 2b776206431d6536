import { expect, it } from '@jest/globals';

import { coverageMode, joinCoverageProfiles, splitCoverageProfile } from './coverage-profile.js';

const PROFILE = `mode: atomic
m/a/x.go:1.2,3.4 1 1
m/a/b/y.go:1.2,3.4 1 0
m/a/z.go:5.6,7.8 2 0
`;

it('splits by the directory of the file', () => {
  expect([...splitCoverageProfile(PROFILE)]).toEqual([
    ['m/a', 'mode: atomic\nm/a/x.go:1.2,3.4 1 1\nm/a/z.go:5.6,7.8 2 0\n'],
    ['m/a/b', 'mode: atomic\nm/a/b/y.go:1.2,3.4 1 0\n'],
  ]);
  expect(splitCoverageProfile('mode: set\n').size).toBe(0);
});

it('joins to one profile with one mode line', () => {
  const split = splitCoverageProfile(PROFILE);
  expect(
    joinCoverageProfiles([...split.values()], coverageMode(PROFILE))
      .split('\n')
      .sort(),
  ).toEqual(PROFILE.split('\n').sort());
  expect(joinCoverageProfiles([], 'set')).toBe('mode: set\n');
});

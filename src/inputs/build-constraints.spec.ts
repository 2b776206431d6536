import { describe, expect, it } from '@jest/globals';
import { minimatch } from 'minimatch';

import { excludingGlob, excludingSourceGlob, isExcludedByGlob, isExcludedBySourceGlob } from './build-constraints.js';

const linux = { goos: 'linux', goarch: 'amd64' };
const windows = { goos: 'windows', goarch: 'amd64' };

const NAMES: readonly [name: string, onLinux: boolean][] = [
  ['x.go', false],
  ['x_windows.go', true],
  ['x_windows_test.go', true],
  ['x_linux.go', false],
  ['x_linux_arm64.go', true],
  ['x_windows_amd64.go', true],
  ['x_linux_amd64.s', false],
  ['x_arm64.s', true],
  ['x_windows_amd64_test.go', true],
  ['x_test.go', false],
  // Nothing is built for it, and a glob that names it takes longer.
  ['x_sparc64.go', false],
  // Only what follows an underscore is a constraint.
  ['windows.go', false],
  ['windows_amd64.go', false],
  // Only the last element counts when it is no architecture.
  ['x_windows_extra.go', false],
  ['x_amd64_linux.go', false],
  // Go is right to compile these; the glob is known to be wrong here.
  ['a.b_windows.go', true],
  ['x_arm64_amd64.go', true],
];

describe('the glob and the predicate agree', () => {
  it.each(NAMES)('%s', (name, excluded) => {
    expect(isExcludedByGlob(name, [linux])).toBe(excluded);
    expect(minimatch(name, excludingGlob([linux]))).toBe(excluded);
  });
});

describe('for sources that are no tests, too', () => {
  const others: typeof NAMES = [
    ['x_windows.y.go', true],
    ['a.b_windows_amd64.s', true],
  ];
  it.each([...NAMES.filter(([name]) => !name.includes('_test')), ...others])('%s', (name, excluded) => {
    expect(isExcludedBySourceGlob(name, [linux])).toBe(excluded);
    expect(minimatch(name, excludingSourceGlob([linux]))).toBe(excluded);
  });
});

it('several platforms exclude only what none of them takes', () => {
  const names = ['x_windows.go', 'x_linux.go', 'x_darwin.go', 'x_darwin_amd64.go'];
  const both = [linux, windows];
  expect(names.filter((name) => isExcludedByGlob(name, both))).toEqual(['x_darwin.go', 'x_darwin_amd64.go']);
  expect(names.filter((name) => minimatch(name, excludingGlob(both)))).toEqual(['x_darwin.go', 'x_darwin_amd64.go']);
});

it('android takes the files of linux', () => {
  expect(isExcludedByGlob('x_linux.go', [{ goos: 'android', goarch: 'arm64' }])).toBe(false);
  expect(isExcludedByGlob('x_android.go', [linux])).toBe(true);
});

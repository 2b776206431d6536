import { describe, expect, it } from '@jest/globals';

import { compareGoVersions, highestGoVersion, isGoVersion } from './go-version.js';

describe('compareGoVersions', () => {
  it('orders as the go command does', () => {
    const ordered = ['', '1.9', '1.21', '1.24', '1.24beta1', '1.24rc1', '1.24rc2', '1.24.0', '1.24.10', '1.25', '2.0'];
    expect([...ordered].reverse().sort(compareGoVersions)).toEqual(ordered);
    expect(compareGoVersions('1.24', '1.24')).toBe(0);
  });
});

describe('highestGoVersion', () => {
  it.each([
    [[], undefined],
    [['1.24'], '1.24'],
    [['1.24.9', '1.24.10', '1.9'], '1.24.10'],
  ])('of %j is %s', (versions, wanted) => {
    expect(highestGoVersion(versions)).toBe(wanted);
  });
});

describe('isGoVersion', () => {
  it.each(['1.24', '1.24.2', '1.25rc1'])('takes %s', (text) => expect(isGoVersion(text)).toBe(true));
  it.each(['', '1', 'go1.24', '1.24.x', 'latest', '1.24 '])('refuses %j', (text) =>
    expect(isGoVersion(text)).toBe(false),
  );
});

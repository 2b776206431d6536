import { describe, expect, it } from '@jest/globals';
import { buildConfigurationFlags, buildEnvironment, parseGoflags, splitTags } from './build-configuration.js';

describe('parseGoflags', () => {
  it('reads flags with one or two dashes, with and without a value', () => {
    expect([...parseGoflags('-tags=a,b --mod=vendor -race')]).toEqual([
      ['tags', 'a,b'],
      ['mod', 'vendor'],
      ['race', 'true'],
    ]);
  });

  it('keeps quoted blanks together', () => {
    expect(parseGoflags(`'-ldflags=-s -w' "-gcflags=all=-N -l"`).get('ldflags')).toBe('-s -w');
  });
});

describe('splitTags', () => {
  it.each([
    ['b a,b', ['a', 'b']],
    [
      ['b,a', 'c'],
      ['a', 'b', 'c'],
    ],
    ['', []],
  ])('%j → %j', (tags, expected) => expect(splitTags(tags)).toEqual(expected));
});

it('an empty tags option replaces the tags of GOFLAGS', () => {
  expect(buildConfigurationFlags({ tags: [] })).toEqual(['-tags=']);
  expect(buildConfigurationFlags({})).toEqual([]);
});

it('goos, goarch and cgo win over env', () => {
  expect(buildEnvironment({ goos: 'linux', cgo: false, env: { GOOS: 'darwin', X: '1' } })).toEqual({
    GOOS: 'linux',
    CGO_ENABLED: '0',
    X: '1',
  });
});

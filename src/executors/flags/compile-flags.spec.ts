import { describe, expect, it } from '@jest/globals';

import { compileFlags, flagWithoutBuildId } from './compile-flags.js';
import { hasFlag, lastFlag, splitWords } from '../../go/configuration/words.js';

describe('splitWords', () => {
  it.each([
    [undefined, []],
    [
      ['-a b', '-c'],
      ['-a b', '-c'],
    ],
    [`-x '-ldflags=-s -w' -tags="a b"`, ['-x', '-ldflags=-s -w', '-tags=a b']],
  ])('%j', (words, expected) => expect(splitWords(words)).toEqual(expected));
});

it('lastFlag takes the last of any form', () => {
  expect(lastFlag(['-ldflags=-s', '--ldflags', '-w'], 'ldflags')).toBe('-w');
  expect(lastFlag(['-x'], 'ldflags')).toBeUndefined();
});

it('hasFlag', () => {
  expect(hasFlag(['-failfast', 'x'], /^failfast$/)).toBe(true);
  expect(hasFlag(['failfast', '-run=failfast'], /^failfast$/)).toBe(false);
});

describe('a list of linker flags', () => {
  it.each([
    [['-s', '-w'], '-s -w'],
    [['-X main.v=1', '-s'], '-X main.v=1 -s'],
    [['-X', 'main.v=a b'], "-X 'main.v=a b'"],
    [['-s', '-X', "main.v=it's a b"], '-s -X "main.v=it\'s a b"'],
    [['-X', "'main.v=a b'"], "-X 'main.v=a b'"],
    [['all=-X', 'main.v=a b', '-w'], "all=-X 'main.v=a b' -w"],
    [['-X', 'main.v=ab'], '-X main.v=ab'],
    ['-X main.v=a b', '-X main.v=a b'],
  ])('%j', (ldflags, expected) => expect(compileFlags({ ldflags })).toEqual([`-ldflags=${expected}`]));
});

it('compileFlags joins lists', () => {
  expect(compileFlags({ tags: 'b,a', race: true, ldflags: ['-s', '-X m.v=1'], gcflags: 'all=-N' })).toEqual([
    '-tags=a,b',
    '-race=true',
    '-ldflags=-s -X m.v=1',
    '-gcflags=all=-N',
  ]);
});

describe('flagWithoutBuildId', () => {
  it.each([
    [{}, '', '-ldflags=-buildid='],
    [{ ldflags: ['-s', '-w'] }, '-ldflags=-X', '-ldflags=-s -w -buildid='],
    [{}, `-mod=mod '-ldflags=-s -w'`, '-ldflags=-s -w -buildid='],
    [{ ldflags: '-s', args: ['-ldflags=-w'] }, '', '-ldflags=-w -buildid='],
    [{ ldflags: 'all=-s' }, '', '-ldflags=all=-s -buildid='],
    [{ ldflags: '-buildid=mine' }, '', undefined],
    [{ ldflags: 'all=-buildid=mine' }, '', undefined],
    [{ ldflags: '-X main.x=-mybuildid' }, '', '-ldflags=-X main.x=-mybuildid -buildid='],
  ])('%j with GOFLAGS %j', (options, goflags, expected) => {
    expect(flagWithoutBuildId(options, goflags)).toBe(expected);
  });
});

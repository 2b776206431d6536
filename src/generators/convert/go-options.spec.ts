import { describe, expect, it } from '@jest/globals';

import { buildOptions, NotConvertible, overlay } from './go-options.js';

describe('buildOptions', () => {
  it.each([
    [['-tags=a,b'], { tags: ['a', 'b'] }],
    [['-tags', 'a b'], { tags: ['a', 'b'] }],
    [['--ldflags=-s -w', '-race', '-v'], { ldflags: '-s -w', race: true, verbose: true }],
    [['-trimpath=false', '-buildvcs=auto'], { trimpath: false, buildvcs: 'auto' }],
    [['-gcflags', 'all=-N -l', '-asmflags=-D', '-pgo=off'], { gcflags: 'all=-N -l', asmflags: '-D', pgo: 'off' }],
  ])('takes the flags %j apart', (flags, options) => {
    expect(buildOptions({ flags }, false)).toEqual({ options, notes: [] });
  });

  it('keeps flags it has no option for as args, and says so', () => {
    const { options, notes } = buildOptions({ flags: ['-mod=mod', '-race'] }, false);
    expect(options).toEqual({ args: ['-mod=mod'], race: true });
    expect(notes).toEqual([expect.stringContaining('-mod=mod')]);
  });

  it('takes the quotes away that a shell would', () => {
    expect(buildOptions({ flags: ['-ldflags="-s -w"', '-tags', "'x y'"] }, true).options).toEqual({
      ldflags: '-s -w',
      tags: ['x', 'y'],
    });
  });

  it.each(['-ldflags="-X main.version=$(git describe)"', '-tags=$TAGS', '-tags=a; rm b'])(
    'gives up on what a shell computes: %s',
    (flag) => {
      expect(() => buildOptions({ flags: [flag] }, true)).toThrow(NotConvertible);
    },
  );

  it('makes options of the platform in env', () => {
    const env = { GOOS: 'linux', GOARCH: 'arm64', CGO_ENABLED: '0', GOFLAGS: '-mod=vendor' };
    expect(buildOptions({ env, buildMode: 'pie' }, false).options).toEqual({
      buildmode: 'pie',
      goos: 'linux',
      goarch: 'arm64',
      cgo: false,
      env: { GOFLAGS: '-mod=vendor' },
    });
  });
});

describe('overlay', () => {
  const base = { tags: ['a'], race: true, goos: 'linux', cover: true };

  it('sets back what replaced flags no longer say', () => {
    expect(overlay(base, { tags: ['b'] }, { flags: true, env: false })).toEqual({ tags: ['b'], race: false });
  });

  it('sets back what a replaced env no longer says', () => {
    expect(overlay(base, { goarch: 'arm64' }, { flags: false, env: true })).toEqual({ goos: '', goarch: 'arm64' });
  });

  it('leaves the rest to the options', () => {
    expect(overlay(base, {}, { flags: false, env: false })).toEqual({});
  });
});

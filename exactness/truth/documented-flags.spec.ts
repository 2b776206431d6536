import { expect, it } from '@jest/globals';

import { buildFlags, documentedEnvironment, testFlags, type DocumentedOptions } from './documented-flags.js';

const DEFAULTS = ['-trimpath=true', '-buildvcs=false'];
const source = (options: DocumentedOptions, rest: { goflags?: string; cgo?: boolean } = {}) => ({
  options,
  root: '/shop',
  goflags: rest.goflags ?? '',
  cgo: rest.cgo ?? false,
});

it.each<[DocumentedOptions, string[]]>([
  [{}, DEFAULTS],
  [{ trimpath: false, buildvcs: 'auto' }, ['-trimpath=false', '-buildvcs=auto']],
  [{ tags: ['a', 'b'], race: true }, [...DEFAULTS, '-tags=a,b', '-race=true']],
  [{ tags: [] }, [...DEFAULTS, '-tags=']],
  [{ ldflags: ['-s', '-X main.v=1'] }, [...DEFAULTS, '-ldflags=-s -X main.v=1']],
  [{ pgo: 'cpu.pprof', buildmode: 'pie' }, [...DEFAULTS, '-buildmode=pie', '-pgo=/shop/cpu.pprof']],
  [{ args: '-gcflags="all=-N -l" -v' }, [...DEFAULTS, '-gcflags=all=-N -l', '-v']],
])('builds with %j as documented', (options, flags) => {
  expect(buildFlags(source(options))).toEqual(flags);
});

it('leaves the build id out of programs with cgo, and keeps the linker flags in force', () => {
  const last = (options: DocumentedOptions, goflags = ''): string | undefined =>
    buildFlags(source(options, { cgo: true, goflags })).at(-1);
  expect(last({})).toBe('-ldflags=-buildid=');
  expect(last({}, "-mod=mod '-ldflags=-s -w'")).toBe('-ldflags=-s -w -buildid=');
  expect(last({ ldflags: '-s' }, '-ldflags=-w')).toBe('-ldflags=-s -buildid=');
  expect(last({ ldflags: '-s', args: ['-ldflags', '-w'] })).toBe('-ldflags=-w -buildid=');
});

it('links tests as go test does', () => {
  expect(testFlags(source({ tags: 'x' }))).toEqual(['-trimpath', '-buildvcs=false', '-tags=x', '-ldflags=-s -w']);
  expect(testFlags(source({}, { cgo: true, goflags: '-ldflags=-X=a.b=c' })).at(-1)).toBe(
    '-ldflags=-X=a.b=c -s -w -buildid=',
  );
});

it('sets the environment that the build configuration names', () => {
  expect(documentedEnvironment({ goos: 'windows', cgo: false, env: { GOAMD64: 'v3' } })).toEqual({
    GOAMD64: 'v3',
    GOOS: 'windows',
    CGO_ENABLED: '0',
  });
});

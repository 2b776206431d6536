import { describe, expect, it } from '@jest/globals';

import { compare, incomparable } from './compare.js';
import type { Diagnosis } from './diagnosis.js';

const DIAGNOSIS: Diagnosis = {
  version: 1,
  plugin: '0.1.0',
  nx: '24.0.6',
  commit: '0123456789abcdef',
  uncommitted: { 'lib/edited.go': 'bb' },
  settings: { GOVERSION: 'go1.26.8', GOFLAGS: '' },
  uses: { GOVERSION: 12, GOFLAGS: 12 },
  changed: {},
  modules: { 'go:example.org/money@v1.0.0': 'h1:a' },
  ignored: { 'lib/gen.go': 'aa' },
  outside: [],
  tasks: { 'api:build': { cached: true, reasons: [] } },
  cache: [],
};

describe('compare', () => {
  it('finds nothing between equal machines, whatever is set on them without entering a hash', () => {
    expect(compare(DIAGNOSIS, { ...DIAGNOSIS, changed: { GOFLAGS: '-x' }, outside: ['/home/x'] })).toEqual([]);
  });

  it.each<[string, Partial<Diagnosis>, string]>([
    [
      'setting',
      { settings: { GOVERSION: 'go1.26.7', GOFLAGS: '' } },
      'GOVERSION: go1.26.8 here, go1.26.7 there; in the hash of 12 tasks',
    ],
    ['setting that is empty', { settings: { GOVERSION: 'go1.26.8', GOFLAGS: '-v' } }, 'GOFLAGS: empty here, -v there'],
    ['setting that is not asked', { settings: { GOVERSION: 'go1.26.8' } }, 'GOFLAGS: empty here, not asked there'],
    ['version of the plugin', { plugin: '0.2.0' }, 'nx-gopher: 0.1.0 here, 0.2.0 there'],
    ['version of Nx', { nx: '23.3.2' }, 'Nx: 24.0.6 here, 23.3.2 there'],
    ['commit', { commit: 'fedcba9876543210' }, 'commit: 0123456789ab here, fedcba987654 there'],
    ['uncommitted file', { uncommitted: {} }, 'uncommitted files: lib/edited.go only here'],
    ['edit of an uncommitted file', { uncommitted: { 'lib/edited.go': 'cc' } }, 'uncommitted files: lib/edited.go'],
    ['module', { modules: {} }, 'external modules: go:example.org/money@v1.0.0 only here'],
    [
      'checksum',
      { modules: { 'go:example.org/money@v1.0.0': 'h1:b' } },
      'external modules: go:example.org/money@v1.0.0',
    ],
    ['ignored file', { ignored: { 'lib/gen.go': 'bb' } }, 'files that git ignores: lib/gen.go'],
    [
      'cached task',
      { tasks: { 'api:build': { cached: false, reasons: ['buildvcs'] } } },
      'tasks: api:build: cached here, not cached (buildvcs) there',
    ],
    [
      'setting of the cache',
      { cache: ['NX_SKIP_NX_CACHE=true'] },
      'settings of the cache: NX_SKIP_NX_CACHE=true only there',
    ],
  ])('names a different %s', (_, other, line) => {
    expect(compare(DIAGNOSIS, { ...DIAGNOSIS, ...other })).toEqual([expect.stringContaining(line)]);
  });

  it('does not list everything', () => {
    const uncommitted = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.go`, 'aa']));
    expect(compare({ ...DIAGNOSIS, uncommitted }, { ...DIAGNOSIS, uncommitted: {} })[0]).toMatch(/and 12 more$/);
  });
});

describe('incomparable', () => {
  it('lists what lies outside of the workspace on either machine', () => {
    expect(incomparable(DIAGNOSIS, DIAGNOSIS)).toEqual([]);
    const outside = ['x is a link to /opt/x'];
    expect(incomparable({ ...DIAGNOSIS, outside }, { ...DIAGNOSIS, outside })).toEqual(outside);
    expect(incomparable(DIAGNOSIS, { ...DIAGNOSIS, outside })).toEqual(outside);
  });
});

import { expect, it } from '@jest/globals';

import { closuresFrom } from './closures.js';

it('an importer’s closure does not hold what the tests of the imported import', () => {
  const closures = closuresFrom([
    { ImportPath: 'm/testdep' },
    { ImportPath: 'm/lib', Imports: ['fmt'], Dir: '/w/lib' },
    { ImportPath: 'm/lib [m/lib.test]', ForTest: 'm/lib', Imports: ['fmt', 'm/testdep'] },
    { ImportPath: 'm/lib_test [m/lib.test]', ForTest: 'm/lib', Imports: ['m/lib [m/lib.test]', 'm/outer'] },
    { ImportPath: 'm/app', Imports: ['m/lib', 'm/gone'] },
    { ImportPath: 'fmt', Standard: true, Imports: ['os'] },
    { ImportPath: 'm/gone', Error: { ImportStack: ['m/app'], Pos: 'app/x.go:3:8', Err: 'no such package' } },
  ]);
  const own = (path: string): string[] => [...closures.of(path)].filter((other) => !other.includes('(')).sort();
  expect(own('m/app')).toEqual(['fmt', 'm/app', 'm/gone', 'm/lib']);
  expect(own('m/lib')).toEqual(['fmt', 'm/lib', 'm/outer', 'm/testdep']);
  expect(closures.dirOf('m/lib')).toBe('/w/lib');
  expect(['m/lib', 'm/app', 'fmt', 'm/gone'].flatMap((path) => closures.readsOf(path, true))).toEqual([
    'm/lib',
    'm/app',
  ]);
  expect(closures.errors).toEqual([
    { package: 'm/gone', importStack: ['m/app'], text: 'app/x.go:3:8: no such package\n' },
  ]);
});

it('tells what else go reads for a package, for its tests apart', () => {
  const closures = closuresFrom([
    { ImportPath: 'm/lib', CgoFiles: ['c.go'], EmbedPatterns: ['a.txt'], XTestEmbedPatterns: ['golden/*'] },
  ]);
  const reads = ['m/lib', '//go:embed a.txt in m/lib', 'cgo in m/lib'];
  expect(closures.readsOf('m/lib', false)).toEqual(reads);
  expect(closures.readsOf('m/lib', true).filter((read) => !reads.includes(read))).toEqual([
    '//go:embed golden/* in m/lib',
  ]);
});

it('tells what is read for a package that is compiled again for the test of another', () => {
  const closures = closuresFrom([
    { ImportPath: 'runtime/cgo', Standard: true, CgoFiles: ['cgo.go'] },
    { ImportPath: 'net', Standard: true, Imports: ['runtime/cgo'] },
    { ImportPath: 'm/p', XTestImports: ['m/q', 'net'] },
    { ImportPath: 'm/q [m/p.test]', ForTest: 'm/p', Imports: ['m/p [m/p.test]', 'net'] },
    { ImportPath: 'm/p_test [m/p.test]', ForTest: 'm/p', Imports: ['m/q [m/p.test]', 'net'] },
  ]);
  expect(closures.of('m/p').has('m/q')).toBe(true);
  expect(closures.readsOf('m/q', false)).toEqual(['m/q', 'cgo of the standard library in m/q']);
  expect(closures.readsOf('m/p', false)).toEqual(['m/p']);
  expect(closures.readsOf('m/p', true)).toEqual(['m/p', 'cgo of the standard library in m/p']);
});

it('ends on an import cycle and prints it as go does', () => {
  const cycle = { ImportStack: ['m/a', 'm/b', 'm/a'], Pos: '', Err: 'import cycle not allowed' };
  const closures = closuresFrom([
    { ImportPath: 'm/a', Imports: ['m/b'], Error: cycle },
    { ImportPath: 'm/b', Imports: ['m/a'] },
  ]);
  expect(closures.of('m/b').has('m/a')).toBe(true);
  expect(closures.errors[0]?.text).toBe('package m/a\n\timports m/b\n\timports m/a: import cycle not allowed\n');
});

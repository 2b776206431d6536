import { expect, it } from '@jest/globals';

import type { BuildConfiguration } from '../go/configuration/build-configuration.js';
import { emptyPackage, type Package } from '../go/listing/package.js';
import { mainPatterns, namedSources, sourcePatterns, testPatterns, vetPatterns } from './source-patterns.js';

const linux = { goos: 'linux', goarch: 'amd64' } as BuildConfiguration;
const windows = { goos: 'windows', goarch: 'amd64' } as BuildConfiguration;

function aPackage(fields: Partial<Package>): Package {
  return { ...emptyPackage('example.com/a'), name: 'a', dir: 'a', files: ['a.go'], ...fields };
}

const named = { prefix: '{projectRoot}', platform: linux };

it('excludes by name, never by what a file holds', () => {
  const pkg = aPackage({ ignoredFiles: ['tool.go', 'a_windows.go', '_x.go', 'b_test.go'] });
  const patterns = sourcePatterns([{ pkg, configuration: linux }], named);
  expect(patterns.join()).not.toMatch(/tool|a_windows|_x\.go|b_test/);
  expect(patterns).toContain('goForeignFiles');
});

it('does without the constant globs where they would exclude a compiled file', () => {
  const pkg = aPackage({ files: ['a.go', 'x.y_windows.go'], ignoredFiles: ['a_windows.go'] });
  const patterns = sourcePatterns([{ pkg, configuration: linux }], named);
  expect(patterns).not.toContain('goForeignFiles');
});

it.each([
  ['a.go', true],
  ['x.y_windows.go', false],
])('a named input excludes files of other systems, where %s is a source: %s', (file, excludes) => {
  const pkg = aPackage({ files: [file] });
  expect(
    namedSources([{ pkg, configuration: linux }], named)
      .join()
      .includes('windows'),
  ).toBe(excludes);
});

it('name the submodule by its directory, which is what git calls changed', () => {
  const base = { ...named, submodule: 'third/sub' };
  const variants = [{ pkg: aPackage({}), configuration: linux }];
  for (const patterns of [sourcePatterns, namedSources, testPatterns, vetPatterns, mainPatterns]) {
    expect(patterns(variants, base)).toContain('{workspaceRoot}/third/sub');
    expect(patterns(variants, named)).not.toContain('{workspaceRoot}/third/sub');
  }
});

it('looks at the names of tests only where tests are read', () => {
  const pkg = aPackage({ testFiles: ['x.y_windows_test.go'] });
  expect(sourcePatterns([{ pkg, configuration: linux }], named)).toContain('goForeignFiles');
  expect(testPatterns([{ pkg, configuration: linux }], named)).not.toContain('goForeignFiles');
});

it('excludes under two configurations only what both exclude', () => {
  const pkg = aPackage({});
  const variants = [linux, windows].map((configuration) => ({ pkg, configuration }));
  const foreign = sourcePatterns(variants, named).filter(
    (pattern) => typeof pattern === 'string' && /darwin/.test(pattern),
  );
  expect(foreign.length).toBeGreaterThan(0);
  expect(foreign.join()).not.toMatch(/windows/);
});

it('reads from disk what git ignores, tests only for the test', () => {
  const pkg = aPackage({ untrackedFiles: ['gen.go', 'gen_test.go'] });
  const gen = { fileset: '{projectRoot}/gen.go', includeIgnored: true };
  const genTest = { fileset: '{projectRoot}/gen_test.go', includeIgnored: true };
  const build = sourcePatterns([{ pkg, configuration: linux }], named);
  expect(build).toContainEqual(gen);
  expect(build).not.toContainEqual(genTest);
  expect(testPatterns([{ pkg, configuration: linux }], named)).toEqual(expect.arrayContaining([gen, genTest]));
});

import { expect, it } from '@jest/globals';

import type { BuildConfiguration } from '../go/build-configuration.js';
import type { Package } from '../go/package.js';
import { sourcePatterns, testPatterns } from './source-patterns.js';

const linux = { goos: 'linux', goarch: 'amd64' } as BuildConfiguration;
const windows = { goos: 'windows', goarch: 'amd64' } as BuildConfiguration;

function aPackage(fields: Partial<Package>): Package {
  return {
    ...{ importPath: 'example.com/a', name: 'a', dir: 'a', files: ['a.go'], ignoredFiles: [], testFiles: [] },
    ...{ embedPatterns: [], embedFiles: [], testEmbedPatterns: [], testEmbedFiles: [], imports: [], testImports: [] },
    ...{ cgo: false, standardCgo: false, includeDirs: [], defaultGodebug: '', errors: [], testErrors: [] },
    ...fields,
  };
}

const named = { prefix: '{projectRoot}', platform: linux };

it('names a file that only a //go:build line excludes, and none that its name excludes', () => {
  const pkg = aPackage({ ignoredFiles: ['tool.go', 'a_windows.go', '_x.go', 'b_test.go'] });
  const patterns = sourcePatterns([{ pkg, configuration: linux }], named);
  expect(patterns).toContain('!{projectRoot}/tool.go');
  expect(patterns.join()).not.toMatch(/a_windows|_x\.go|b_test/);
  expect(patterns).toContain('goForeignFiles');
});

it('does without the constant globs where they would exclude a compiled file', () => {
  const pkg = aPackage({ files: ['a.go', 'x.y_windows.go'], ignoredFiles: ['a_windows.go'] });
  const patterns = sourcePatterns([{ pkg, configuration: linux }], named);
  expect(patterns).not.toContain('goForeignFiles');
  expect(patterns).toContain('!{projectRoot}/a_windows.go');
});

it('excludes under two configurations only what both exclude', () => {
  const variants = [
    { pkg: aPackage({ ignoredFiles: ['never.go', 'b.go'] }), configuration: linux },
    { pkg: aPackage({ files: ['a.go', 'b.go'], ignoredFiles: ['never.go'] }), configuration: windows },
  ];
  const patterns = sourcePatterns(variants, named);
  expect(patterns).toContain('!{projectRoot}/never.go');
  expect(patterns.join()).not.toMatch(/\/b\.go/);
  expect(patterns).not.toContain('goForeignFiles');
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

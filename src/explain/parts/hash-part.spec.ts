import { describe, expect, it } from '@jest/globals';

import { hashPart } from './hash-part.js';
import { globDirs, listedFiles, matchesGlobs } from './listed-files.js';

describe('the parts of a hash, as Nx names them', () => {
  it.each([
    ['lib/price:ProjectConfiguration', { kind: 'configuration', project: 'lib/price' }],
    ['@shop/api:v2:ProjectConfiguration', { kind: 'configuration', project: '@shop/api:v2' }],
    ['lib/price:TsConfig', { kind: 'typescript' }],
    ['env:GO_EXTLINK_ENABLED', { kind: 'variable', name: 'GO_EXTLINK_ENABLED' }],
    ['runtime:go -C app env GOOS GOARCH', { kind: 'command', command: 'go -C app env GOOS GOARCH' }],
    ['go:example.org/money@v1.0.0#c7e57946', { kind: 'module', path: 'example.org/money', version: 'v1.0.0' }],
    [
      'go:example.org/lib@v0.0.0=>../lib@#20d7364c',
      { kind: 'module', path: 'example.org/lib', version: 'v0.0.0=>../lib@' },
    ],
    ['go:main/cmd/pay', { kind: 'manifest', of: 'main', dir: 'cmd/pay' }],
    ['go:module/.', { kind: 'manifest', of: 'module', dir: '.' }],
    [
      'go:error/example.org/shop/a (test)#01234567',
      { kind: 'manifest', of: 'error', dir: 'example.org/shop/a (test)' },
    ],
    ['**/*.{go,c}:server/static/dist', { kind: 'outputs', dir: 'server/static/dist', glob: '**/*.{go,c}' }],
    ['files:[cmd/pay/default.pgo]', { kind: 'files', fromDisk: true, globs: ['cmd/pay/default.pgo'] }],
    ['files:[web/**/* (+2 excluded)]', { kind: 'files', fromDisk: true, globs: ['web/**/*'], unnamed: 2 }],
    [
      'workspace:[{workspaceRoot}/lib/*.{go,c},!{workspaceRoot}/lib/*_test.go]',
      { kind: 'files', globs: ['lib/*.{go,c}', '!lib/*_test.go'] },
    ],
    ['lib/x:lib/x/*.{go,c},!lib/x/{_,.}*', { kind: 'files', globs: ['lib/x/*.{go,c}', '!lib/x/{_,.}*'] }],
    ['@shop/x:v2:lib/x/*.go', { kind: 'files', globs: ['lib/x/*.go'] }],
    ['AllExternalDependencies', { kind: 'other', name: 'AllExternalDependencies' }],
  ])('%s', (name, part) => {
    expect(hashPart(name)).toEqual(part);
  });
});

it('lists files of directories in braces, and of none but those', () => {
  const here = 'src/explain/{parts,runs}/*.spec.ts';
  expect(listedFiles(process.cwd(), [here]).filter((path) => path.endsWith('-part.spec.ts'))).toEqual([
    'src/explain/parts/hash-part.spec.ts',
  ]);
  expect(listedFiles(process.cwd(), ['{package,tsconfig}.json'])).toEqual(['package.json', 'tsconfig.json']);
  expect(globDirs('{a/b,c}/*.{go,s}')).toEqual(['a/b', 'c']);
});

describe('globs of a part', () => {
  const globs = ['lib/x/*.{go,c}', '!lib/x/*_test.go', 'lib/x/testdata/**/*'];

  it.each([
    ['lib/x/a.go', true],
    ['lib/x/a_test.go', false],
    ['lib/x/below/a.go', false],
    ['lib/x/testdata/.hidden/a.txt', true],
    ['lib/x/README.md', false],
  ])('%s: %s', (path, isMeant) => {
    expect(matchesGlobs(path, globs)).toBe(isMeant);
  });
});

import { expect, it } from '@jest/globals';

import { fileMatcher } from './task-inputs.js';

const matches = (filesets: readonly string[], path: string, root = 'lib/price') =>
  fileMatcher(
    filesets.map((fileset) => ({ fileset })),
    root,
  )(path);

it.each<readonly [path: string, filesets: readonly string[], expected: boolean]>([
  ['lib/price/x.txt', ['{projectRoot}/*'], true],
  ['lib/price/.env', ['{projectRoot}/*'], true],
  ['lib/price/golden/x.txt', ['{projectRoot}/*'], false],
  ['lib/price/testdata/a/b.txt', ['{projectRoot}/testdata/**/*'], true],
  ['fixtures/x.json', ['{workspaceRoot}/fixtures/*.json'], true],
  ['fixtures/x.json', ['{workspaceRoot}/fixtures/*', '!{workspaceRoot}/fixtures/x.*'], false],
  // Nx keeps the two kinds apart.
  ['lib/price/x.txt', ['{projectRoot}/*', '!{workspaceRoot}/lib/price/x.txt'], true],
  ['lib/price/go.mod', ['{projectRoot}/*', '!{projectRoot}/{go.mod,go.sum}'], false],
])('%s against %j', (path, filesets, expected) => {
  expect(matches(filesets, path)).toBe(expected);
});

it('takes the root project for one without a directory', () => {
  expect(matches(['{projectRoot}/*'], 'x.txt', '.')).toBe(true);
});

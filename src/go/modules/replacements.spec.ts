import { expect, it } from '@jest/globals';

import { parseModFile } from './mod-file.js';
import { replacementOf, replacesOf } from './replacements.js';

const of = (text: string) => replacesOf(parseModFile(text));

it('reads paths, versions and targets', () => {
  expect(of('replace (\n\texample.com/a v1.0.0 => ../a // near\n\texample.com/b => example.com/c v2.0.0\n)\n')).toEqual(
    [
      { path: 'example.com/a', version: 'v1.0.0', target: '../a', newVersion: '', isDirectory: true },
      { path: 'example.com/b', version: '', target: 'example.com/c', newVersion: 'v2.0.0', isDirectory: false },
    ],
  );
});

it.each([
  ['.', true],
  ['..', true],
  ['./a', true],
  ['../a', true],
  ['.\\a', true],
  ['/a', true],
  ['\\a', true],
  ['C:\\a', true],
  ['c:/a', true],
  ['.a/b', false],
  ['...', false],
  ['a/b', false],
])('takes %s for a directory: %s', (target, isDirectory) => {
  expect(of(`replace example.com/a => \`${target}\``)[0]?.isDirectory).toBe(isDirectory);
});

it.each([
  'replace',
  'replace example.com/a',
  'replace => ../a',
  'replace example.com/a =>',
  'require example.com/a v1',
])('leaves out %j', (line) => expect(of(line)).toEqual([]));

it('prefers the replacement of the version to that of all versions', () => {
  const replaces = of('replace a => ../all\nreplace a v1.0.0 => ../one\nreplace b v1.0.0 => ../b\n');
  const target = (path: string, version: string) => replacementOf(replaces, path, version)?.target;
  expect([target('a', 'v1.0.0'), target('a', 'v2.0.0'), target('b', 'v1.0.0'), target('b', 'v2.0.0')]).toEqual([
    '../one',
    '../all',
    '../b',
    undefined,
  ]);
});

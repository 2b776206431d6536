import { expect, it } from '@jest/globals';

import type { PackageFileSets } from './joined-file-sets.js';
import { joinedFileSetsOf, joinFileSets } from './joined-file-sets.js';

const plain = (dir: string): PackageFileSets => ({
  dir,
  inputs: [
    `{workspaceRoot}/${dir}/*.{c,go}`,
    `!{workspaceRoot}/${dir}/*_test.go`,
    `!{workspaceRoot}/${dir}/{_,.}*.{c,go}`,
  ],
});

it('joins file sets that differ in their directory alone', () => {
  const other = { dir: 'c', inputs: ['{workspaceRoot}/c/*.go', '{workspaceRoot}/web/**/*'] };
  expect(joinFileSets([plain('a/x'), other, plain('b')])).toEqual([
    '{workspaceRoot}/{a/x,b}/*.{c,go}',
    '!{workspaceRoot}/{a/x,b}/{*_test.go,{_,.}*.{c,go}}',
    ...other.inputs,
  ]);
});

it.each(['a', 'a (old)', 'with,comma', '.'])('leaves the file sets of a single directory as they are: %s', (dir) => {
  const prefix = dir === '.' ? '{workspaceRoot}' : `{workspaceRoot}/${dir.replace(/[()]/g, '\\$&')}`;
  const inputs = [`${prefix}/*.go`, `!${prefix}/*_test.go`];
  expect(joinFileSets([{ dir, inputs }])).toEqual(inputs);
});

it('joins no directory with a comma in its name, and nothing that is read from disk', () => {
  const sets = [
    plain('a'),
    plain('b,c'),
    { dir: 'd', inputs: [{ fileset: '{workspaceRoot}/d/*.go', includeIgnored: true }] },
  ];
  expect(joinFileSets(sets)).toEqual(sets.flatMap(({ inputs }) => inputs));
});

it('tells which of what it joined can match a file', () => {
  expect(joinedFileSetsOf('{workspaceRoot}/{a/x,b}/*.{go,c}', 'b/main.go')).toEqual(['{workspaceRoot}/b/*.{go,c}']);
  expect(joinedFileSetsOf('{workspaceRoot}/{a/x,b}/*.{go,c}', 'c/main.go')).toEqual([]);
  expect(joinedFileSetsOf('{workspaceRoot}/{li*,apps}/x.json', 'libs/x.json')).toEqual([
    '{workspaceRoot}/{li*,apps}/x.json',
  ]);
  expect(joinedFileSetsOf('{workspaceRoot}/a/*.{go,c}', 'c/main.go')).toEqual(['{workspaceRoot}/a/*.{go,c}']);
});

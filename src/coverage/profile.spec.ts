import { expect, it } from '@jest/globals';

import { cobertura } from './cobertura.js';
import { lcov } from './lcov.js';
import { filePlaces } from './places.js';
import { lineCounts, percentOf, Profile, statementsOf } from './profile.js';

function profile(...texts: string[]): Profile {
  const merged = new Profile();
  for (const [index, text] of texts.entries()) merged.add(text, `p${index}`);
  return merged;
}

it('has each block once: whatever test ran it', () => {
  const merged = profile(
    'mode: set\nm/b.go:3.19,4.11 1 0\nm/b.go:10.2,11.3 2 1\nm/b.go:9.2,9.9 1 0\n',
    'mode: set\nm/b.go:3.19,4.11 1 1\nm/b.go:10.2,11.3 2 1\nm/a.go:1.1,1.2 0 0\n',
  );
  expect(merged.text()).toBe(
    'mode: set\nm/a.go:1.1,1.2 0 0\nm/b.go:3.19,4.11 1 1\nm/b.go:9.2,9.9 1 0\nm/b.go:10.2,11.3 2 1\n',
  );
});

it('adds counts up, those of atomic, too', () => {
  const merged = profile('mode: atomic\nm/b.go:3.1,4.2 1 5\n', 'mode: count\nm/b.go:3.1,4.2 1 7\n');
  expect(merged.text()).toBe('mode: atomic\nm/b.go:3.1,4.2 1 12\n');
});

it('takes file names with blanks and colons, and ends of lines of Windows', () => {
  expect(profile('mode: set\r\nm/a b:c.go:3.1,4.2 1 1\r\n').text()).toBe('mode: set\nm/a b:c.go:3.1,4.2 1 1\n');
});

it.each([
  ['', 'p0 is no coverage profile: it begins with "".'],
  ['mode: other\n', 'p0 is no coverage profile: it begins with "mode: other".'],
  ['mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go 1\n', 'p0:3 is no line of a coverage profile: m/a.go 1'],
  ['mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go:1.1,2.2 1 \n', 'p0:3 is no line of a coverage profile: m/a.go:1.1,2.2 1 '],
  ['mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go:1.1,2.2 1', 'p0:3 is no line of a coverage profile: m/a.go:1.1,2.2 1'],
  ['mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go:1.1,2.2 1 -1\n', 'p0:3 is no line of a coverage profile'],
])('refuses what is no profile: %j', (text, message) => {
  expect(() => profile(text)).toThrow(message);
});

it('refuses to add what was counted to what was not', () => {
  expect(() => profile('mode: set\n', 'mode: count\n')).toThrow('p1 has the mode "count", others "set".');
});

it('adds what a program ran, unless it was built from other code', () => {
  const merged = profile('mode: set\nm/a.go:1.1,2.2 1 0\n');
  merged.addProgram('mode: set\nm/a.go:1.1,2.2 1 1\nm/main.go:3.1,4.2 2 1\n', 'bin');
  expect(merged.text()).toBe('mode: set\nm/a.go:1.1,2.2 1 1\nm/main.go:3.1,4.2 2 1\n');
  expect(() => merged.addProgram('mode: set\nm/a.go:1.1,3.2 1 1\n', 'bin')).toThrow(
    'bin counts other blocks of m/a.go than its tests: the program was built from other code.',
  );
});

it('counts statements and lines', () => {
  const blocks = profile('mode: count\nm/a.go:1.1,3.9 2 4\nm/a.go:3.9,5.2 1 0\n').files.get('m/a.go') ?? [];
  expect(statementsOf(blocks)).toEqual({ covered: 2, all: 3 });
  expect(percentOf({ covered: 0, all: 0 })).toBe(100);
  expect([...lineCounts(blocks)]).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 0],
    [5, 0],
  ]);
});

it('finds files by the module with the longest path', () => {
  const place = filePlaces([
    { path: 'm', dir: '.' },
    { path: 'm/tools', dir: 'dev/tools' },
  ]);
  expect(['m/a.go', 'm/x/a.go', 'm/tools/a.go', 'mm/a.go', 'other/a.go'].map(place)).toEqual([
    ...['a.go', 'x/a.go', 'dev/tools/a.go', undefined, undefined],
  ]);
});

it('writes LCOV and Cobertura', () => {
  const { files } = profile('mode: count\na<b>/x.go:1.1,2.9 2 4\na<b>/x.go:2.9,3.2 1 0\n');
  expect(lcov(files)).toBe('TN:\nSF:a<b>/x.go\nDA:1,4\nDA:2,4\nDA:3,0\nLF:3\nLH:2\nend_of_record\n');
  const xml = cobertura(files);
  expect(xml).toContain('<coverage line-rate="0.6667" branch-rate="0" lines-covered="2" lines-valid="3"');
  expect(xml).toContain('<package name="a&lt;b&gt;" line-rate="0.6667"');
  expect(xml).toContain('<class name="x.go" filename="a&lt;b&gt;/x.go"');
  expect(xml).toContain('<line number="3" hits="0" branch="false"/>');
});

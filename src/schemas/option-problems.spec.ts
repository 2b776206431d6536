import { describe, expect, it } from '@jest/globals';

import { WRONG_VALUES } from '../../testing/options/wrong-values.js';
import type { TargetKind } from '../facts/target-kinds.js';
import { optionProblems } from './option-problems.js';

const textOf = (kind: TargetKind, options: object): string =>
  optionProblems(kind, { ...options })
    .map(({ path, message }) => `${path} ${message}`)
    .join('\n');

describe('a wrong value', () => {
  it.each(WRONG_VALUES)('of %s: %j', (kind, options, message) => {
    expect(textOf(kind, options)).toBe(message);
  });
});

describe('right values', () => {
  it.each<[TargetKind, object]>([
    ['build', { tags: 'a,b', ldflags: ['-s'], env: { A: '' }, cgo: false, buildvcs: 'auto', pgo: 'profiles/a.pgo' }],
    ['build', { pgo: 'auto', args: [], tags: [] }],
    ['test', { shuffle: 5, count: 2, auditReads: 'strict', packages: ['lib'] }],
    ['package', { files: ['a', { source: 'b', target: 'c' }], platforms: ['linux/arm64'], image: { env: { A: 'b' } } }],
  ])('of %s: %j', (kind, options) => {
    expect(optionProblems(kind, { ...options })).toEqual([]);
  });
});

it('names each wrong option once', () => {
  expect(optionProblems('build', { race: 'yes', tags: [5, 6], goos: 1 }).map(({ option }) => option)).toEqual(
    expect.arrayContaining(['race', 'tags', 'goos']),
  );
  expect(optionProblems('build', { race: 'yes', tags: [5, 6], goos: 1 })).toHaveLength(3);
});

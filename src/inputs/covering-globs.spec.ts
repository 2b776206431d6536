import { describe, expect, it } from '@jest/globals';
import { minimatch } from 'minimatch';

import { covers } from './covering-globs.js';

describe('covers', () => {
  it.each([
    ['lib/**', 'lib/*.{go,c}'],
    ['lib/**/*', 'lib/**/*.go'],
    ['lib/*', 'lib/*_gen.go'],
    ['lib/*_gen.go', 'lib/*_gen.go'],
    ['lib/*_gen.go', 'lib/a_gen.go'],
    ['**/*_gen.go', 'lib/deep/a_gen.go'],
    ['lib/{a,b}_gen.go', 'lib/{b,a}_gen.go'],
  ])('sees that %s matches all of %s', (glob, other) => {
    expect(covers(glob, other)).toBe(true);
  });

  it.each([
    // As text, each of these matches.
    ['lib/?_gen.go', 'lib/*_gen.go'],
    ['lib/*/*.go', 'lib/**/*.go'],
    ['lib/[!a].go', 'lib/?.go'],
    ['lib/*_gen.go', 'lib/?_gen.go/**'],
    ['lib/*.go', 'lib/*.{go,c}'],
    ['lib/**', 'lib'],
  ])('does not say that %s matches all of %s', (glob, other) => {
    expect(covers(glob, other)).toBe(false);
  });

  it('never says so of a glob that matches a path which the other one does not', () => {
    const parts = ['*', '**', '?', 'a', 'a*', '{a,b}', '[!a]', '.a'];
    const globs = [...parts, ...parts.flatMap((one) => parts.map((two) => `${one}/${two}`)), '**/a/*', 'a/**/b'];
    const names = ['a', 'b', 'ab', '.a'];
    const pairs = names.flatMap((one) => names.map((two) => `${one}/${two}`));
    const paths = [...names, ...pairs, ...pairs.flatMap((pair) => names.map((name) => `${pair}/${name}`))];
    const matched = new Map(globs.map((glob) => [glob, paths.filter((path) => minimatch(path, glob, { dot: true }))]));
    const wrong = globs.flatMap((glob) => {
      const all = new Set(matched.get(glob));
      const covered = globs.filter((other) => covers(glob, other));
      return covered
        .filter((other) => matched.get(other)?.some((path) => !all.has(path)))
        .map((other) => [glob, other]);
    });
    expect(wrong).toEqual([]);
  });
});

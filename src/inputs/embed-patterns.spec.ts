import { describe, expect, it } from '@jest/globals';
import { minimatch } from 'minimatch';

import { embedGlobs } from './embed-patterns.js';

/** Whether the globs take a file, exclusions last, as Nx does. */
function takes(patterns: readonly string[], file: string): boolean {
  const globs = embedGlobs('web', patterns).map((glob) => glob.replace('{workspaceRoot}/', ''));
  const matches = (glob: string): boolean => minimatch(file, glob, { dot: true });
  return (
    globs.some((glob) => !glob.startsWith('!') && matches(glob)) &&
    !globs.some((g) => g.startsWith('!') && matches(g.slice(1)))
  );
}

describe('a directory', () => {
  it.each([
    ['web/static/a.css', true],
    ['web/static/sub/a.css', true],
    ['web/static/.hidden', false],
    ['web/static/_draft.css', false],
    ['web/static/_drafts/a.css', false],
    ['web/static2/a.css', false],
  ])('%s → %s', (file, taken) => expect(takes(['static'], file)).toBe(taken));
});

it('all: takes hidden files as well', () => {
  expect(takes(['all:static'], 'web/static/.hidden')).toBe(true);
  expect(takes(['all:static'], 'web/static/_drafts/a.css')).toBe(true);
});

it('a glob takes files it matches, whatever they are called', () => {
  expect(takes(['static/*.css'], 'web/static/_a.css')).toBe(true);
  expect(takes(['static/*.css'], 'web/static/sub/a.css')).toBe(false);
});

it('a glob takes the directories it matches', () => {
  expect(takes(['static/*'], 'web/static/sub/a.css')).toBe(true);
  expect(takes(['static/*'], 'web/static/sub/.hidden')).toBe(false);
});

it('two patterns that overlap rather take too much than too little', () => {
  expect(takes(['static', 'static/*'], 'web/static/.well-known')).toBe(true);
  expect(takes(['static', 'all:static/x'], 'web/static/x/.a')).toBe(true);
});

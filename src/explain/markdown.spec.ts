import { describe, expect, it } from '@jest/globals';

import { markdownCode, withinLength } from './markdown.js';
import { markdownAffected } from './print-affected.js';

describe('markdownCode', () => {
  it.each([
    ['cmd/api:build', '`cmd/api:build`'],
    ['@scope/api:build', '`@scope/api:build`'],
    ['a|b.go', '<code>a&#124;b.go</code>'],
    ['a`b.go', '<code>a&#96;b.go</code>'],
    ['<img src=x>', '<code>&#60;img src&#61;x&#62;</code>'],
    ['&amp;', '<code>&#38;amp&#59;</code>'],
    ['a\\', '<code>a&#92;</code>'],
    ['a\nb.go', '<code>a&#92;nb.go</code>'],
    ['a\u2028b\u0007', '<code>a&#92;u2028b&#92;u0007</code>'],
    [' a ', '<code> a </code>'],
    ['`**@x**', '<code>&#96;&#42;&#42;&#64;x&#42;&#42;</code>'],
    ['', '<code></code>'],
  ])('writes %j', (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });
});

it('keeps a row a row whatever the names', () => {
  const files = ['a|b\n| c |`@octocat`.go', '<script>.go'].map(
    (path) => ({ kind: 'file', path, change: 'new' }) as const,
  );
  const task = { task: 'a|`b`\n@octocat:build', hash: '1', files, configuration: [], sameHash: false };
  const lines = markdownAffected({ base: 'HEAD`|<b>', changed: ['x'], tasks: [task] }).split('\n');
  const rows = lines.filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(3);
  expect(rows[2]?.match(/\|/g)).toHaveLength(4);
  expect(lines.join('')).not.toMatch(/@octocat|<script|<b>/);
});

it('leaves rows out that a comment would have no room for', () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `| task ${index} ${'x'.repeat(100)} |`);
  const kept = withinLength(rows);
  expect(kept.join('\n').length).toBeLessThan(65_536);
  expect(kept.at(-1)).toBe(`| and ${rows.length - kept.length + 1} more | | |`);
  expect(withinLength(rows.slice(0, 3))).toEqual(rows.slice(0, 3));
});

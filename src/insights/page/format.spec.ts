import { expect, it } from '@jest/globals';

import { formatted } from './format.js';

it.each([
  [0, 'milliseconds', '0 ms'],
  [999.4, 'milliseconds', '999 ms'],
  [1234, 'milliseconds', '1.2 s'],
  [150_000, 'milliseconds', '2.5 min'],
  [9_000_000, 'milliseconds', '2.5 h'],
  [1023, 'bytes', '1,023 B'],
  [1536, 'bytes', '1.5 kB'],
  [-3 * 1024 * 1024, 'bytes', '-3 MB'],
  [5e18, 'bytes', '4,547,473.5 TB'],
  [12_345, 'count', '12,345'],
  [12.34, 'percent', '12.3 %'],
  [Date.UTC(2026, 0, 2, 3, 4), 'time', '2026-01-02 03:04'],
  [8.7e15, 'time', '–'],
  [null, 'count', '–'],
  [Number.NaN, 'bytes', '–'],
  ['', 'text', '–'],
  ['<b>', 'text', '<b>'],
] as const)('%p as %s is %s', (value, unit, text) => {
  expect(formatted(value, unit)).toBe(text);
});

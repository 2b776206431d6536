import { expect, test } from '@jest/globals';

import { partResult } from './result.js';
import { tables } from './table.js';

const SECONDS = { 'nx-gopher': [12, 13, 14], go: [10, 10, 10], 'no-op': [1, 1, 1] };
const BARS = [
  { subject: 'nx-gopher', reference: 'go', less: 'no-op', atMost: 1.2 },
  { subject: 'nx-gopher', reference: 'go', atMost: 1.2 },
  { subject: 'no-op', reference: 'go' },
  { subject: 'nx-gopher', less: 'go', atMost: 3 },
];

test('says of each bar whether the median keeps it', () => {
  const { ratios, seconds } = partResult('build', 'build', SECONDS, BARS);
  expect(ratios.map(({ kept }) => kept)).toEqual([true, false, undefined, true]);
  expect(ratios[1]?.ratio).toEqual({ median: 1.3, min: 1.2, max: 1.4 });
  expect(seconds['nx-gopher']).toEqual({ median: 13, min: 12, max: 14, rounds: [12, 13, 14] });
});

test('prints a table of times and one of ratios', () => {
  expect(tables([partResult('build', 'cold build', SECONDS, BARS)])).toBe(`| what | who | time |
| --- | --- | --- |
| cold build | nx-gopher | 13.00 (12.00–14.00) s |
| cold build | go | 10.00 (10.00–10.00) s |
| cold build | no-op | 1.00 (1.00–1.00) s |

| what | ratio | median | at most |  |
| --- | --- | --- | --- | --- |
| cold build | (nx-gopher − no-op) / go | 1.20 (1.10–1.30) | 1.2 | kept |
| cold build | nx-gopher / go | 1.30 (1.20–1.40) | 1.2 | not kept |
| cold build | no-op / go | 0.10 (0.10–0.10) |  |  |
| cold build | nx-gopher − go | 3.00 (2.00–4.00) s | 3 s | kept |`);
});

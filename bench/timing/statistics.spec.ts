import { expect, test } from '@jest/globals';

import { spreadOf } from './statistics.js';

test.each([
  [[3], { median: 3, min: 3, max: 3 }],
  [[9, 1, 5], { median: 5, min: 1, max: 9 }],
  [[4, 10, 2, 3], { median: 3.5, min: 2, max: 10 }],
])('the spread of %j', (values, spread) => expect(spreadOf(values)).toEqual(spread));

test('there is none of nothing', () => expect(() => spreadOf([])).toThrow('no values'));

import { expect, test } from '@jest/globals';

import { parseJsonRecords } from './json-records.js';

test.each([
  ['', []],
  ['\n', []],
  ['{\n\t"A": "}",\n\t"B": {\n\t\t"C": 1\n\t}\n}\n', [{ A: '}', B: { C: 1 } }]],
  ['{\n\t"A": 1\n}\n{\n\t"A": 2\n}\n', [{ A: 1 }, { A: 2 }]],
])('%j', (stdout, records) => expect(parseJsonRecords(stdout)).toEqual(records));

test('what is cut off is an error', () => expect(() => parseJsonRecords('{\n\t"A": 1\n')).toThrow(SyntaxError));

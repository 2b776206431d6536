import { describe, expect, it } from '@jest/globals';

import { filteredRows, sortedRows } from './rows.js';

const ROWS = [
  ['example.com/Shop/cart', 3, 'v0.10.0'],
  ['example.com/shop/order', null, 'v0.9.0'],
  ['example.com/pay', 10, null],
  ['example.com/pay/card', 3, 'v1.0.0'],
];

const names = (rows: readonly (readonly unknown[])[]): string[] => rows.map(([name]) => String(name).slice(12));

describe('filteredRows', () => {
  it('finds all words, in any order and case', () => {
    expect(names(filteredRows(ROWS, ' ORDER  shop '))).toEqual(['shop/order']);
    expect(names(filteredRows(ROWS, 'shop'))).toEqual(['Shop/cart', 'shop/order']);
  });

  it('takes the filter as text, not as a pattern', () => {
    expect(filteredRows(ROWS, '.*')).toEqual([]);
    expect(filteredRows([['a.*b']], '.*')).toEqual([['a.*b']]);
  });

  it('finds no number and no word across two cells', () => {
    expect(filteredRows(ROWS, '10 cart')).toHaveLength(1);
    expect(filteredRows([['ab', 'cd', 34]], 'bc')).toEqual([]);
    expect(filteredRows([['ab', 'cd', 34]], '34')).toEqual([]);
  });

  it('gives all rows for an empty filter', () => {
    expect(filteredRows(ROWS, '  ')).toBe(ROWS);
  });
});

describe('sortedRows', () => {
  it('sorts numbers as numbers and versions as people count', () => {
    expect(names(sortedRows(ROWS, { column: 1, descending: true }))).toEqual([
      'pay',
      'Shop/cart',
      'pay/card',
      'shop/order',
    ]);
    const versions = sortedRows(ROWS, { column: 2, descending: false }).map((row) => row[2]);
    expect(versions).toEqual(['v0.9.0', 'v0.10.0', 'v1.0.0', null]);
  });

  it('puts what is not known at the end, whichever way', () => {
    for (const descending of [true, false]) {
      expect(sortedRows(ROWS, { column: 1, descending }).at(-1)?.[1]).toBeNull();
    }
  });

  it('leaves rows of the same value as they were, and the given rows alone', () => {
    const before = structuredClone(ROWS);
    expect(names(sortedRows(ROWS, { column: 1, descending: false }))).toEqual([
      'Shop/cart',
      'pay/card',
      'pay',
      'shop/order',
    ]);
    expect(ROWS).toEqual(before);
  });
});

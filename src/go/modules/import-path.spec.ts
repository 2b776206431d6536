import { describe, expect, it } from '@jest/globals';

import { modulePathError, pathElementError } from './import-path.js';

describe('pathElementError', () => {
  it.each(['orders', 'order-items', 'v2', '2fa', 'gopkg.in', 'a_b', 'A+~'])('takes %s', (name) => {
    expect(pathElementError(name)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['_old', 'begins with'],
    ['.git', 'begins with'],
    ['testdata', 'leaves out'],
    ['vendor', 'leaves out'],
    ['my orders', 'holds " "'],
    ['bücher', 'holds "ü"'],
    ['a\\b', 'holds "\\\\"'],
    ['x.', 'ends with a dot'],
    ['aux', 'Windows'],
    ['NUL.txt', 'Windows'],
  ])('says of %j that it %s', (name, error) => {
    expect(pathElementError(name)).toContain(error);
  });
});

describe('modulePathError', () => {
  it.each(['shop', 'example.com/shop', 'github.com/Acme/shop/v2'])('takes %s', (path) => {
    expect(modulePathError(path)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['example.com//shop', 'has an element "" that is empty'],
    ['https://example.com', 'has an element "https:"'],
    ['example.com/my shop', 'holds " "'],
  ])('says of %j that it %s', (path, error) => {
    expect(modulePathError(path)).toContain(error);
  });
});

import { describe, expect, it } from '@jest/globals';

import { packageNameError, packageNameOf } from './package-name.js';

describe('packageNameOf', () => {
  it.each([
    ['example.com/shop/internal/money', 'money'],
    ['example.com/shop/order-items', 'orderitems'],
    ['example.com/shop/Order_Items.go', 'orderitemsgo'],
    ['example.com/shop/orders/v2', 'orders'],
    ['example.com/shop/2fa', '2fa'],
    ['example.com/shop/func', 'func'],
    ['shop', 'shop'],
    ['v2', 'v2'],
  ])('of %s is %s', (importPath, name) => {
    expect(packageNameOf(importPath)).toBe(name);
  });
});

describe('packageNameError', () => {
  it.each(['money', 'orderitems', 'sha256', 'string', 'x'])('takes %s', (name) => {
    expect(packageNameError(name)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['func', 'is a keyword of Go'],
    ['main', 'is the name of a program'],
    ['internal', 'says who may import'],
    ['documentation', 'leaves out'],
    ['2fa', 'begins with a digit'],
    ['order_items', 'is not made of'],
    ['Money', 'is not made of'],
    ['constructor()', 'is not made of'],
  ])('says of %j that it %s', (name, error) => {
    expect(packageNameError(name)).toContain(error);
  });
});

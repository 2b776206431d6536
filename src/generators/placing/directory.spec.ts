import { describe, expect, it } from '@jest/globals';
import { createTree } from '@nx/devkit/testing';

import { directoryFor, refuseFile, refuseGoFiles } from './directory.js';

describe('directoryFor', () => {
  it.each([
    ['orders', '/virtual', 'orders'],
    ['services/orders', '/virtual', 'services/orders'],
    ['./services//orders/', '/virtual', 'services/orders'],
    ['services\\orders', '/virtual', 'services/orders'],
    ['.', '/virtual', '.'],
    ['orders', '/virtual/services', 'services/orders'],
    ['services/orders', '/virtual/services', 'services/orders'],
    ['../libs/money', '/virtual/services', 'libs/money'],
    ['.', '/virtual/services', 'services'],
    ['/virtual/services/orders', '/virtual', 'services/orders'],
  ])('%s, called in %s, is %s', (path, cwd, dir) => {
    expect(directoryFor(createTree(), path, cwd)).toBe(dir);
  });

  it.each([
    ['../orders', 'outside of the workspace'],
    ['/elsewhere/orders', 'outside of the workspace'],
    ['services/_orders', '"_orders" begins with'],
    ['testdata/x', '"testdata" is a directory that go'],
    ['my orders', 'holds " "'],
    ['README', 'is a file'],
  ])('refuses %s: %s', (path, error) => {
    const tree = createTree();
    tree.write('README', '');
    expect(() => directoryFor(tree, path, '/virtual')).toThrow(error);
  });
});

describe('refuseGoFiles', () => {
  it('lets other files be, and names a Go file that is in the way', () => {
    const tree = createTree();
    tree.write('orders/README.md', '');
    tree.write('orders/below/x.go', 'package below\n');
    expect(() => refuseGoFiles(tree, 'orders')).not.toThrow();
    expect(() => refuseGoFiles(tree, 'orders/below')).toThrow('"orders/below" holds Go code already (x.go)');
  });
});

describe('refuseFile', () => {
  it('names a file that is in the way', () => {
    const tree = createTree();
    expect(() => refuseFile(tree, 'fn/testdata/event.json')).not.toThrow();
    tree.write('fn/testdata/event.json', '{}');
    expect(() => refuseFile(tree, 'fn/testdata/event.json')).toThrow('"fn/testdata/event.json" exists already');
  });
});

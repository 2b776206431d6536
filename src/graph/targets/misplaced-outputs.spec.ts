import { describe, expect, it } from '@jest/globals';

import { ByName } from '../../by-name.js';
import { misplacedOutputs, withParents, type OutputOptions } from './misplaced-outputs.js';

const dirs = withParents(['services/orders', 'lib/price', '.']);
const problem = (changes: Partial<OutputOptions>): string | undefined =>
  misplacedOutputs(
    [{ root: 'services/orders', id: 'orders:build', targetName: 'build', option: 'outputPath', paths: [], ...changes }],
    dirs,
  ).get('orders:build');

it.each([
  'dist/services/orders/orders',
  'bin/orders.exe',
  'services/orders/orders',
  'lib/price.so',
  'dist/go',
  './bin/x',
])('lets %s be written', (path) => expect(problem({ paths: [path] })).toBeUndefined());

it.each([
  ['lib/price/price.go', 'it has the name of a source file'],
  ['lib/price/native.h', 'it has the name of a source file'],
  ['go.mod', 'go.mod is a manifest'],
  ['services/orders/project.json', 'project.json is a manifest'],
  ['./nx.json', 'nx.json is a manifest'],
  ['.git/hooks/pre-commit', 'it is in .git'],
  ['node_modules/.bin/nx', 'it is in node_modules'],
  ['web/node_modules/x', 'it is in node_modules'],
  ['.nx/cache/x', 'it is in .nx'],
  ['lib/price', 'it is a directory'],
  ['services', 'it is a directory'],
  ['bin/', 'it is a directory'],
  ['.', 'it is a directory'],
  ['bin/../..', 'it is outside the workspace'],
  ['../orders', 'it is outside the workspace'],
  ['..\\orders', 'it is outside the workspace'],
  ['/usr/bin/orders', 'it is absolute, where a path from the workspace root is wanted'],
  ['C:\\orders.exe', 'it is absolute, where a path from the workspace root is wanted'],
])('refuses to write %s', (path, reason) => {
  expect(problem({ paths: ['dist/fine', path] })).toBe(
    `orders:build would write ${path}: ${reason}. Give it another outputPath, e.g. in services/orders/project.json: ` +
      '{"targets":{"build":{"options":{"outputPath":"dist/services/orders/app"}}}}',
  );
});

describe('flags among the args', () => {
  it.each([[['-o', 'x']], ['-v -o=x'], [['--o=lib/price/price.go']]])('%j are refused', (args) => {
    expect(problem({ effective: { options: { args }, configurations: new ByName() } })).toContain(
      'Use the option outputPath',
    );
    expect(problem({ effective: { options: {}, configurations: new ByName([['small', { args }]]) } })).toContain(
      'among its args',
    );
  });

  it('that name no output are not', () => {
    expect(problem({ effective: { options: { args: ['-v', '-x'] }, configurations: new ByName() } })).toBeUndefined();
  });
});

import { expect, it } from '@jest/globals';

import { parseHarnessOptions, parseProveOptions } from './options.js';

it('reads the options of the command', () => {
  const options = parseProveOptions([
    '--mutations',
    '20',
    '--seed',
    'x',
    '--time-limit',
    '5',
    '--report',
    'r.json',
    '--keep',
  ]);
  expect(options).toMatchObject({ mutations: 20, seed: 'x', timeLimit: 5, report: 'r.json', keep: true, jobs: 2 });
  expect(parseProveOptions(['--help'])).toBeUndefined();
});

it.each([
  [['--mutations', '0'], '--mutations is 0, and has to be a whole number of 1 or more'],
  [['--time-limit', 'soon'], '--time-limit is soon'],
  [['--resume'], '--resume needs the --report'],
  [['--sed', '1'], "Unknown option '--sed'"],
  [['shop'], "Unexpected argument 'shop'"],
])('refuses %j, and says how it is used', (args, message) => {
  expect(() => parseProveOptions(args)).toThrow(message);
  expect(() => parseProveOptions(args)).toThrow('Usage: nx-gopher prove');
});

it('takes a workspace or fixtures for the harness, not both', () => {
  expect(parseHarnessOptions(['--fixtures', 'vendored'])).toMatchObject({
    fixtures: ['vendored'],
    workspace: undefined,
  });
  expect(() => parseHarnessOptions([])).toThrow('give --workspace <dir> or --fixtures');
  expect(() => parseHarnessOptions(['--fixtures', '--workspace', '.'])).toThrow('give --workspace <dir> or --fixtures');
  expect(() => parseHarnessOptions(['--workspace', '.', 'y'])).toThrow('what is y?');
});

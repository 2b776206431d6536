import { expect, test } from '@jest/globals';

import { benchOptions } from './options.js';

const MIXED = ['mixed-cold', 'mixed-waiting', 'mixed-gate', 'mixed-unchanged'];
const parts = (...args: string[]): string[] => benchOptions(args).parts.map(({ name }) => name);

test('all parts but the comparison with peers, unless it is asked for', () => {
  expect(parts()).toEqual(['build', 'edit', 'restore', 'test', 'vet', ...MIXED, 'graph', 'hash']);
  expect(parts('--peers')).toEqual(['build', 'edit', 'restore', 'test', 'vet', ...MIXED, 'graph', 'hash', 'peers']);
  expect(parts('--only', 'vet,peers')).toEqual(['vet', 'peers']);
  expect(parts('--only', 'mixed,vet')).toEqual([...MIXED, 'vet']);
  expect(parts('--only', 'cold')).toEqual(['cold-leaf', 'cold-importers', 'cold-module', 'cold-first']);
  expect(parts('--only', 'scale')).toEqual(['scale-real', 'scale-dense', 'scale-chain', 'scale-star']);
});

test('the small workspace and five rounds, unless told otherwise', () => {
  expect(benchOptions([])).toMatchObject({ size: 'small', rounds: 5, output: 'bench-results.json' });
  expect(benchOptions(['--size', 'large', '--rounds', '3'])).toMatchObject({ size: 'large', rounds: 3 });
});

test.each([
  [
    ['--only', 'builds'],
    '--only builds: the parts are build, edit, restore, test, vet, mixed-cold, mixed-waiting, mixed-gate, mixed-unchanged, graph, hash, cold-leaf, cold-importers, cold-module, cold-first, cold-bytes, explain, scale-real, scale-dense, scale-chain, scale-star, serve, serve-soak-restarts, serve-soak-proxy, serve-soak-kills, serve-soak-saves, serve-soak-memory, serve-soak-bytes, peers',
  ],
  [['--size', 'huge'], '--size huge: the sizes are small, medium, large'],
  [['--size', 'toString'], '--size toString: the sizes'],
  [['--rounds', '0'], '--rounds 0: it takes a positive integer'],
  [['--rounds', 'two'], '--rounds two: it takes a positive integer'],
  [['--fast'], '--fast'],
])('%j is refused', (args, message) => expect(() => benchOptions(args)).toThrow(message));

import { expect, it } from '@jest/globals';

import { components, cycles } from './components.js';

const graphOf = (edges: Record<string, string>) => (node: string) => [...(edges[node] ?? '')];

it('finds what reaches each other, what others reach first', () => {
  const next = graphOf({ a: 'b', b: 'cd', c: 'a', d: 'e', e: 'dz', f: 'f' });
  expect(cycles([...'abcdef'], next)).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ]);
  expect(components([...'abcdef'], next).at(-1)).toEqual(['f']);
});

it('follows a chain of 100,000', () => {
  const nodes = Array.from({ length: 100_000 }, (_, at) => at);
  expect(components(nodes, (at) => [at + 1])).toHaveLength(nodes.length);
});

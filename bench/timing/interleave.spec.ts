import { expect, test } from '@jest/globals';

import { ratioOf, timeInterleaved, type Contestant } from './interleave.js';

function contestant(name: string, milliseconds: number, did: string[]): Contestant {
  return {
    name,
    prepare: async () => void did.push(`prepare ${name}`),
    run: async () => {
      did.push(`run ${name}`);
      await new Promise((done) => setTimeout(done, milliseconds));
    },
  };
}

test('times each contestant in every round, without the first one', async () => {
  const did: string[] = [];
  const seconds = await timeInterleaved([contestant('a', 1, did), contestant('b', 60, did)], 2);
  const round = ['prepare a', 'run a', 'prepare b', 'run b'];
  expect(did).toEqual([...round, ...round, ...round]);
  expect(seconds['a']).toHaveLength(2);
  expect(Math.min(...(seconds['b'] ?? []))).toBeGreaterThan(0.05);
});

test('a run that fails ends the measurement', async () => {
  const failing: Contestant = { name: 'x', prepare: async () => {}, run: () => Promise.reject(new Error('no binary')) };
  await expect(timeInterleaved([failing], 1)).rejects.toThrow('no binary');
});

test('ratios are taken within a round', () => {
  const seconds = { nx: [12, 25, 14], go: [10, 20, 10], idle: [2, 1, 2] };
  expect(ratioOf(seconds, { subject: 'nx', reference: 'go' })).toEqual({ median: 1.25, min: 1.2, max: 1.4 });
  expect(ratioOf(seconds, { subject: 'nx', reference: 'go', less: 'idle' })).toEqual({ median: 1.2, min: 1, max: 1.2 });
  expect(ratioOf(seconds, { subject: 'nx', less: 'go' })).toEqual({ median: 4, min: 2, max: 5 });
  expect(() => ratioOf(seconds, { subject: 'nx', reference: 'make' })).toThrow('make was not timed in round 1');
});

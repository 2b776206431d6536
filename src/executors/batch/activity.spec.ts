import { expect, it } from '@jest/globals';

import { counted } from '../../counted.js';
import { Activity, ActivityTeller, longest } from './activity.js';

it('tells what goes on after a silence, and nothing when nothing does', async () => {
  const activity = new Activity();
  const told: string[] = [];
  let progress = { done: 0, total: 1 };
  const teller = new ActivityTeller(
    activity,
    () => progress,
    (line) => told.push(line),
    40,
  );
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));
  await wait();
  expect(told).toEqual([]);
  let compiled = 1;
  const end = activity.begin(() => `go build: ${counted(compiled, 'package')} compiled`);
  activity.begin(() => 'go test: x (3 s)');
  await wait();
  expect(told[0]).toBe('nx-gopher: go build: 1 package compiled; go test: x (3 s)\n');
  [compiled, progress] = [2, { done: 3, total: 60 }];
  await wait();
  expect(told.at(-1)).toBe('nx-gopher: 3 of 60 tasks done; go build: 2 packages compiled; go test: x (3 s)\n');
  end();
  teller.stop();
  expect(String(activity)).toBe('go test: x (3 s)');
});

it('names what goes on for longest', () => {
  const started = [3, 9, 5, 7, 1].map((second): [string, number] => [`p${second}`, second * 1000]);
  expect(longest(started, 10_000)).toBe('p1 (9 s), p3 (7 s), p5 (5 s) and 2 more');
  expect(longest(started.slice(0, 2), 10_000)).toBe('p3 (7 s), p9 (1 s)');
});

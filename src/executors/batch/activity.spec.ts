import { expect, it } from '@jest/globals';

import { Activity, ActivityTeller, counted } from './activity.js';

it('tells what goes on after a silence, and nothing when nothing does', async () => {
  const activity = new Activity();
  const told: string[] = [];
  const teller = new ActivityTeller(activity, (line) => told.push(line), 40);
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));
  await wait();
  expect(told).toEqual([]);
  let compiled = 1;
  const end = activity.begin(() => `go build: ${counted(compiled, 'package')} compiled`);
  activity.begin(() => 'go test: x (3 s)');
  await wait();
  expect(told[0]).toBe('nx-gopher: go build: 1 package compiled; go test: x (3 s)\n');
  compiled = 2;
  await wait();
  expect(told.at(-1)).toContain('2 packages');
  end();
  teller.stop();
  expect(String(activity)).toBe('go test: x (3 s)');
});

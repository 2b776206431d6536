import { expect, it } from '@jest/globals';

import { Room } from './room.js';

it('holds so much at a time, and all that waits comes to its turn', async () => {
  const room = new Room(100);
  let [used, most, done] = [0, 0, 0];
  const work = (bytes: number) => async (): Promise<void> => {
    used += bytes;
    most = Math.max(most, used);
    await new Promise((resolve) => setImmediate(resolve));
    used -= bytes;
    done++;
    if (bytes === 30) throw new Error('it failed');
  };
  const sizes = Array.from({ length: 60 }, (_one, index) => [10, 60, 30, 1][index % 4]!);
  await Promise.allSettled(sizes.map((bytes) => room.during(bytes, work(bytes))));
  expect(done).toBe(60);
  expect(most).toBeLessThanOrEqual(100);
});

it('is all for what is larger', async () => {
  const room = new Room(100);
  const order: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${name} ends`);
  };
  await Promise.all([room.during(1, work('small')), room.during(1000, work('large')), room.during(1, work('last'))]);
  expect(order.indexOf('large begins')).toBeGreaterThan(order.indexOf('last ends'));
});

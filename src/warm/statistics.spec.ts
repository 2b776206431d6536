import { expect, it } from '@jest/globals';

import { Statistics } from './statistics.js';

it('says in a line what was fetched, there, and compiled', () => {
  const statistics = new Statistics();
  for (let count = 0; count < 2290; count++) statistics.add(`f${count}`, 'fetched', 18);
  for (let count = 0; count < 21; count++) statistics.add(`t${count}`, 'there', 0);
  for (let count = 0; count < 3; count++) statistics.add(`c${count}`, 'compiled', 400);
  statistics.add('f0', 'there', 0);
  statistics.bytesDown = 18_200_000;
  expect(statistics.line()).toBe(
    '2,314 packages: 2,290 fetched, 21 there, 3 compiled; 41 s of compiling saved, 18 MB down',
  );
});

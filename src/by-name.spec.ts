import { expect, it } from '@jest/globals';

import { ByName, ownValue } from './by-name.js';

const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

it.each(NAMES)('has no %s but the one that was put there', (name) => {
  const map = new ByName<number>();
  expect([map.get(name), map.has(name)]).toEqual([undefined, false]);
  expect([...map.set(name, 1)]).toEqual([[name, 1]]);
});

it('comes back from JSON, and is there the same in whatever order it was filled', () => {
  const one = new ByName(NAMES.map((name, index) => [name, index]));
  const other = new ByName([...one].reverse());
  expect(new ByName(JSON.parse(JSON.stringify(one)) as [string, number][])).toEqual(one);
  expect(JSON.stringify({ other })).toBe(JSON.stringify({ other: one }));
});

it.each(NAMES)('finds no %s in an object but its own', (name) => {
  expect([ownValue(undefined, name), ownValue({}, name)]).toEqual([undefined, undefined]);
  expect(ownValue(JSON.parse(`{ "${name}": 1 }`) as { [name: string]: number }, name)).toBe(1);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from '@jest/globals';

import { isExpired, readAllowList, today } from './allow-list.js';

const root = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
afterAll(() => rmSync(root, { recursive: true }));

const RIGHT = { id: 'GO-2026-0001', reason: 'not reached', until: '2028-02-29' };

function read(content: string): unknown {
  writeFileSync(join(root, 'accepted.json'), content);
  return readAllowList(root, 'accepted.json');
}

it('reads what is right', () => {
  expect(read(JSON.stringify([RIGHT]))).toEqual([RIGHT]);
  expect(read('[]')).toEqual([]);
});

it.each<[unknown, string]>([
  [{}, 'accepted.json must hold a list of entries'],
  [[5], 'entry 1 is 5.'],
  [[[]], 'entry 1 is [].'],
  [[null], 'entry 1 is null.'],
  [[{ ...RIGHT, untill: '2027-01-01' }], 'entry 1 has "untill", which is none of id, reason, until.'],
  [[{ ...RIGHT, id: 'CVE-2026-1' }], 'entry 1 has the id "CVE-2026-1", where one such as GO-2026-0001 is wanted.'],
  [[{ ...RIGHT, reason: ' ' }], 'entry 1 (GO-2026-0001) has no reason.'],
  [[{ id: RIGHT.id, reason: 'x' }], 'has until undefined, where a day such as 2026-12-31 is wanted.'],
  [[{ ...RIGHT, until: '2027-02-29' }], 'has until "2027-02-29"'],
  [[{ ...RIGHT, until: '31.12.2026' }], 'has until "31.12.2026"'],
  [[{ ...RIGHT, until: 20271231 }], 'has until 20271231'],
  [[RIGHT, RIGHT], 'entry 2 has the id of an earlier entry.'],
])('says what is wrong with %j', (list, message) => {
  expect(() => read(JSON.stringify(list))).toThrow(message);
});

it('names the file that cannot be read', () => {
  expect(() => read('[{')).toThrow('The list of accepted vulnerabilities, accepted.json, cannot be read');
  expect(() => readAllowList(root, 'none.json')).toThrow(/none.json, cannot be read: .*ENOENT/);
  expect(() => readAllowList(root, '.')).toThrow('it is no file');
});

it('an entry holds to the end of its last day', () => {
  expect(isExpired(RIGHT, '2028-02-29')).toBe(false);
  expect(isExpired(RIGHT, '2028-03-01')).toBe(true);
  expect(today(new Date('2026-11-26T23:59:59Z'))).toBe('2026-11-26');
});

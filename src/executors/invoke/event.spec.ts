import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { LAMBDA_EVENTS } from '../../generators/handler/events.js';
import { eventNamed } from './event.js';

const workspace = mkdtempSync(join(tmpdir(), 'nx-gopher-event-'));
const ROOT = 'handlers/import';
afterAll(() => rmSync(workspace, { recursive: true }));
beforeAll(() => {
  for (const dir of [`${ROOT}/testdata`, 'handlers/export', 'events'])
    mkdirSync(join(workspace, dir), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(workspace, path), text);
  write(`${ROOT}/testdata/event.json`, '{"own":1}');
  write(`${ROOT}/testdata/empty-cart.json`, '{"cart":[]}');
  write(`${ROOT}/testdata/s3.json`, '{"own":"s3"}');
  write(`${ROOT}/near.json`, '{"near":1}');
  write('events/far.json', '{"far":1}');
  write('events/broken.json', '{"far":');
});

const named = (given: string | undefined, root = ROOT): [unknown, string] => {
  const { payload, origin } = eventNamed(given, root, workspace);
  return [JSON.parse(payload.toString('utf8')), origin];
};

it.each<[string | undefined, unknown, string]>([
  [undefined, { own: 1 }, 'handlers/import/testdata/event.json'],
  ['empty-cart', { cart: [] }, 'handlers/import/testdata/empty-cart.json'],
  ['s3', { own: 's3' }, 'handlers/import/testdata/s3.json'],
  ['events/far.json', { far: 1 }, 'events/far.json'],
  ['near.json', { near: 1 }, 'handlers/import/near.json'],
  ['{"a": [1]}', { a: [1] }, 'the event of the option'],
  ['"text"', 'text', 'the event of the option'],
])('%j is %j', (given, event, origin) => {
  expect(named(given)).toEqual([event, origin]);
});

it('is a sample for each event that handlers are generated for', () => {
  for (const event of LAMBDA_EVENTS.filter((one) => one !== 's3')) {
    const [sample, origin] = named(event);
    expect(typeof sample).toBe('object');
    expect(origin).toBe(`a sample of ${event}`);
  }
});

it('is empty, and says so, where a project has no sample', () => {
  expect(named(undefined, 'handlers/export')).toEqual([{}, '{}, for want of handlers/export/testdata/event.json']);
});

it.each([
  [
    'sqss',
    /^There is no event "sqss": neither a file handlers\/import\/testdata\/sqss\.json, nor one of .*Did you mean "sqs"\?\n$/,
  ],
  ['toString', /^There is no event "toString"/],
  [
    'events/none.json',
    /^There is no file events\/none\.json, neither in the workspace's root nor in handlers\/import\./,
  ],
  ['events/broken.json', /^A handler takes JSON, and events\/broken\.json is none: /],
  ['{"a"', /^A handler takes JSON, and the event of the option is none: /],
  ['../../../etc/passwd', /^A handler takes JSON|^There is no file/],
  ['events', /^There is no event "events"/],
  ['', /^There is no event ""/],
])('%j is refused', (given, message) => {
  expect(() => named(given)).toThrow(message);
});

it('reads nothing that has no end', () => {
  if (process.platform === 'win32') return;
  mkdirSync(join(workspace, 'handlers/pipe/testdata'), { recursive: true });
  execFileSync('mkfifo', [join(workspace, 'handlers/pipe/testdata/event.json')]);
  expect(named(undefined, 'handlers/pipe')[0]).toEqual({});
});

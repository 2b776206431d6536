import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { StoreHealth, sweep } from '../sweep.js';
import { parseWarm } from '../warm-options.js';
import { CacheServerStore } from './cache-server.js';
import { DirectoryStore } from './directory.js';
import { openStore } from './open-store.js';
import { prune } from './prune.js';

const KEY = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

describe('a cache server', () => {
  let server: Server;
  let requests: string[];
  const start = async (answer: RequestListener): Promise<CacheServerStore> => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new CacheServerStore(`http://user:secret@127.0.0.1:${port}/base/`.replace('user:secret@', ''), 'token', 300);
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is asked with the token, and gives what it has', async () => {
    const store = await start((request, response) => {
      if (request.method === 'PUT') response.writeHead(409).end();
      else if (request.url?.endsWith(KEY)) response.end('content');
      else response.writeHead(404).end();
    });
    await expect(store.get(KEY)).resolves.toEqual(Buffer.from('content'));
    await expect(store.get(OTHER)).resolves.toBeUndefined();
    await expect(store.put(KEY, Buffer.from('x'))).resolves.toBeUndefined();
    expect(requests[0]).toBe(`GET /base/v1/cache/${KEY} Bearer token`);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['that does not answer', () => undefined, /did not answer in 0.3 s/],
    ['that begins and does not go on', (_, response) => void response.write('x'), /did not answer in 0.3 s/],
    ['that breaks off', (_, response) => void response.socket?.destroy(), /UND_ERR_SOCKET|ECONNRESET/],
    ['that has an error', (_, response) => void response.writeHead(500).end(), /answered 500/],
    ['that refuses the token', (_, response) => void response.writeHead(401).end(), /answered 401/],
    [
      'that announces too much',
      (_, response) => void response.writeHead(200, { 'content-length': 1e12 }).write('x'),
      /1000000000000 bytes/,
    ],
    [
      'that leads in a circle',
      (request, response) => void response.writeHead(302, { location: request.url }).end(),
      /redirect/,
    ],
  ])('%s fails, and says so', async (_what, answer, says) => {
    const store = await start(answer);
    await expect(store.get(KEY)).rejects.toThrow(says);
    const told: string[] = [];
    const health = new StoreHealth((problem) => told.push(problem));
    const items = Array.from({ length: 200 }, (_one, index) => index);
    let asked = 0;
    await sweep(items, store, health, 60_000, async () => {
      asked++;
      await store.get(KEY);
    });
    expect(told).toHaveLength(1);
    expect(asked).toBeLessThan(100);
  });

  it('is given up when it is too slow for all that is asked', async () => {
    const store = await start((_, response) => void setTimeout(() => response.writeHead(404).end(), 50));
    const told: string[] = [];
    const items = Array.from({ length: 5000 }, (_one, index) => index);
    const health = new StoreHealth((problem) => told.push(problem));
    await sweep(items, store, health, 200, async () => void (await store.get(KEY)));
    expect(told.join()).toMatch(/too slow/);
    expect(requests.length).toBeLessThan(1000);
  });
});

describe('a directory', () => {
  let dir: string;
  let store: DirectoryStore;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'nx-gopher-store-'));
    store = new DirectoryStore(join(dir, 'not/there/yet'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('keeps what it is given, whoever else writes', async () => {
    await expect(store.get(KEY)).resolves.toBeUndefined();
    await Promise.all(Array.from({ length: 20 }, () => store.put(KEY, Buffer.from('content'))));
    await expect(store.get(KEY)).resolves.toEqual(Buffer.from('content'));
    expect(readdirSync(join(store.dir, 'aa'))).toEqual([KEY]);
  });

  it('does not wait for what is no file', async () => {
    mkdirSync(join(store.dir, 'aa'), { recursive: true });
    execFileSync('mkfifo', [join(store.dir, 'aa', KEY)]);
    await expect(store.get(KEY)).resolves.toBeUndefined();
    await expect(store.files()).resolves.toEqual([]);
  });

  it('fails for good where it cannot be one', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    await expect(new DirectoryStore(file).put(KEY, Buffer.from('x'))).rejects.toMatchObject({ isLasting: true });
  });

  it('loses the old first, and then the longest unused', async () => {
    const keys = ['1', '2', '3', '4'].map((digit) => digit.repeat(64));
    const now = Date.now();
    for (const [index, key] of keys.entries()) {
      await store.put(key, Buffer.alloc(100));
      const used = new Date(now - (keys.length - index) * 10 * 24 * 60 * 60 * 1000);
      utimesSync(join(store.dir, key.slice(0, 2), key), used, used);
    }
    const left = async () => (await store.files()).map(({ key }) => key[0]).join('');
    await expect(prune(store, { maxSize: 1000, maxAge: 35 }, now)).resolves.toMatchObject({ removed: 1, left: 3 });
    await expect(left()).resolves.toBe('234');
    await store.get(keys[1]!);
    await expect(prune(store, { maxSize: 200, maxAge: 35 }, now)).resolves.toMatchObject({
      removedSize: 100,
      leftSize: 200,
    });
    await expect(left()).resolves.toBe('42');
  });
});

describe('which store it is', () => {
  const options = parseWarm(true);
  const server = {
    NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'https://cache.example.com',
    NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'secret',
  };

  it.each<[string, Parameters<typeof openStore>[0], NodeJS.ProcessEnv, object | undefined]>([
    ['none is named', undefined, server, undefined],
    [
      'the server of the results',
      options,
      { ...server, CI: 'true' },
      { store: { name: 'https://cache.example.com' }, writes: true },
    ],
    ['on a laptop', options, server, { writes: false }],
    ['to read alone', options, { ...server, CI: 'true', NX_GOPHER_REMOTE: 'read' }, { writes: false }],
    ['not to be used', options, { ...server, NX_GOPHER_REMOTE: 'off' }, undefined],
    [
      'a directory',
      parseWarm({ store: '../store', harvest: 'always' }),
      {},
      { store: { dir: '/a/store' }, writes: true },
    ],
    ['by the environment', options, { ...server, NX_GOPHER_STORE: '/b' }, { store: { dir: '/b' } }],
  ])('%s', (_what, given, env, expected) => {
    const open = openStore(given, '/a/workspace', env);
    if (expected) expect(open).toMatchObject(expected);
    else expect(open).toBeUndefined();
  });

  it('an address shows no password', () => {
    expect(openStore(options, '/a', { NX_GOPHER_STORE: 'https://me:secret@c.example.com/?x=y' })?.store.name).toBe(
      'https://…@c.example.com/',
    );
  });

  it.each<[unknown, RegExp]>([
    [5, /"warm" of nx-gopher must be true, false or an object, not 5/],
    [{ stroe: 'x' }, /no option "warm.stroe". Did you mean "warm.store"/],
    [{ store: 5 }, /"warm.store" .* must be the address of a cache server, s3:\/\/bucket\/prefix, nx, or a directory/],
    [{ harvest: 'sometimes' }, /"warm.harvest" .* must be "ci", "always" or "never"/],
    [{ maxSize: '5GB' }, /"warm.maxSize" .* must be a number of gigabytes/],
    [{ maxAge: -1 }, /"warm.maxAge" .* must be a number of days/],
  ])('refuses %j', (given, says) => expect(() => parseWarm(given)).toThrow(says));

  it('refuses another mode, and an address that is none', () => {
    expect(() => openStore(options, '/a', { NX_GOPHER_REMOTE: 'maybe' })).toThrow('read, write or off, not maybe');
    expect(() => openStore(options, '/a', { NX_GOPHER_STORE: 'http://' })).toThrow('no address of a server');
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { CacheServerStore } from './cache-server.js';

const KEY = 'a'.repeat(64);

let proxy: Server;
let asked: string[];
let address: string;

beforeEach(async () => {
  asked = [];
  proxy = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? ''}`.trim());
    response.end('content');
  });
  proxy.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
});

const get = (server: string, env: NodeJS.ProcessEnv): Promise<Buffer | undefined> =>
  new CacheServerStore(server, 'token', 10_000, env).get(KEY);

it.each([['HTTP_PROXY'], ['http_proxy'], ['ALL_PROXY'], ['all_proxy']])('%s is asked for the object', async (name) => {
  await expect(get('http://cache.example.test', { [name]: `http://me:secret@${address}` })).resolves.toEqual(
    Buffer.from('content'),
  );
  expect(asked).toEqual([`GET http://cache.example.test/v1/cache/${KEY} Basic bWU6c2VjcmV0`]);
});

it('a proxy without a scheme is one', async () => {
  await get('http://cache.example.test', { http_proxy: address });
  expect(asked).toHaveLength(1);
});

it('HTTPS_PROXY tunnels, and what it says is told without secrets', async () => {
  const failing = get('https://cache.example.test', {
    HTTPS_PROXY: `http://me:secret@${address}`,
    HTTP_PROXY: 'http://127.0.0.1:9',
  });
  const error = (await failing.catch((thrown: unknown) => thrown)) as Error;
  expect(error.message).toMatch(/^https:\/\/cache\.example\.test: /);
  expect(error.message).not.toMatch(/secret|token/);
  expect(asked).toEqual(['CONNECT cache.example.test:443']);
});

it.each([['127.0.0.1'], ['example.test,127.0.0.1'], ['*']])('NO_PROXY %s goes by it', async (hosts) => {
  await get(`http://${address}`, { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: hosts });
  expect(asked).toEqual([`GET /v1/cache/${KEY}`]);
});

it.each([['http://'], ['no proxy'], ['ftp://127.0.0.1']])('%s is no proxy: the store fails', async (proxyUrl) => {
  await expect(get('http://cache.example.test', { HTTP_PROXY: proxyUrl })).rejects.toThrow(
    /^http:\/\/cache.example.test: /,
  );
});

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import S3rver from 's3rver';

import { StoreHealth, sweep } from '../sweep.js';
import { openStore } from './open-store.js';
import { S3Store } from './s3.js';

const KEY = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const before = { ...process.env };

/** What the client library finds: nothing of the machine's own. */
function surroundings(endpoint: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}

afterEach(() => {
  process.env = { ...before };
});

describe('a bucket', () => {
  let folder: string;
  let server: S3rver;
  let endpoint: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nx-gopher-s3-'));
    const configureBuckets = [{ name: 'compiled', configs: [] }];
    server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: folder, configureBuckets });
    const { address, port } = await server.run();
    endpoint = `http://${address}:${port}`;
  });
  beforeEach(() => surroundings(endpoint));
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('gives what was put there, below its prefix alone', async () => {
    const content = Buffer.from([0, 1, 255, 10, 13]);
    const store = new S3Store('s3://compiled/go/packages/', 10_000);
    await expect(store.get(KEY)).resolves.toBeUndefined();
    await store.put(KEY, content);
    await store.put(KEY, content);
    await expect(store.get(KEY)).resolves.toEqual(content);
    await expect(store.get(OTHER)).resolves.toBeUndefined();
    await expect(new S3Store('s3://compiled', 10_000).get(KEY)).resolves.toBeUndefined();
    await expect(new S3Store('s3://compiled', 10_000).get(`go/packages/${KEY}`)).resolves.toEqual(content);
  });

  it('that is not there is given up at once', async () => {
    const failing = new S3Store('s3://another', 10_000).get(KEY);
    await expect(failing).rejects.toMatchObject({ message: 's3://another answered 404 NoSuchBucket', isLasting: true });
  });

  it('is not opened with a wrong key, which nobody is told', async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'a-key-that-nobody-is-told';
    const failing = new S3Store('s3://compiled', 10_000).put(KEY, Buffer.from('x'));
    await expect(failing).rejects.toMatchObject({
      message: 's3://compiled answered 403 InvalidAccessKeyId',
      isLasting: true,
    });
  });
});

describe('a bucket without', () => {
  beforeEach(() => surroundings('http://127.0.0.1:9'));

  it('credentials says so', async () => {
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const failing = new S3Store('s3://compiled', 10_000).get(KEY);
    await expect(failing).rejects.toMatchObject({
      message: 's3://compiled: there are no credentials',
      isLasting: true,
    });
  });

  it('a region says what to set', async () => {
    delete process.env['AWS_REGION'];
    await expect(new S3Store('s3://compiled', 10_000).get(KEY)).rejects.toThrow('set AWS_REGION');
  });

  // Errors of Node's are none to a library that jest has loaded: it wraps them, and their codes are lost.
  it('a server fails', async () => {
    await expect(new S3Store('s3://compiled', 10_000).get(KEY)).rejects.toThrow(
      /^s3:\/\/compiled: (ECONNREFUSED|Error)$/,
    );
  });

  it('an answer from a credential helper is not waited for', async () => {
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `http://127.0.0.1:${port}/`;
    await expect(new S3Store('s3://compiled', 300).get(KEY)).rejects.toThrow('did not answer in 0.3 s');
    silent.closeAllConnections();
    silent.close();
  });
});

describe('a server of buckets', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each<[string, RequestListener, RegExp]>([
    ['that does not answer', () => undefined, /did not answer in 0.5 s/],
    ['that begins and does not go on', (_, response) => void response.write('x'), /did not answer in 0.5 s/],
    ['that breaks off', (_, response) => void response.socket?.destroy(), /^s3:\/\/compiled: (ECONNRESET|Error)$/],
    [
      'that breaks off in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('x');
        setImmediate(() => response.socket?.destroy());
      },
      /^s3:\/\/compiled: \w+$/,
    ],
    ['that has an error', (_, response) => void response.writeHead(500).end(), /answered 500/],
    ['that talks of something else', (_, response) => void response.writeHead(404).end('<html>'), /compiled/],
    [
      'that announces too much',
      (_, response) => void response.writeHead(200, { 'content-length': 1e12 }).write('x'),
      /1000000000000 bytes/,
    ],
    [
      'that leads in a circle',
      (request, response) => void response.writeHead(302, { location: request.url }).end(),
      /answered 302/,
    ],
  ])('%s fails, and says so once', async (_what, answer, says) => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    surroundings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const store = new S3Store('s3://compiled', 500);
    await expect(store.get(KEY)).rejects.toThrow(says);
    const told: string[] = [];
    const health = new StoreHealth((problem) => told.push(problem));
    const items = Array.from({ length: 300 }, (_one, index) => index);
    let asked = 0;
    await sweep(items, store, health, 60_000, async () => {
      asked++;
      await store.get(KEY);
    });
    expect(told).toHaveLength(1);
    expect(asked).toBeLessThan(150);
  });
});

describe('the address of a bucket', () => {
  it.each(['s3://', 's3://a', 's3://Upper', 's3://key:secret@bucket/x', 's3://bucket?x=secret', 's3://bucket/a?b'])(
    'is not %s, and says nothing of it',
    (address) => {
      const open = (): unknown => openStore(undefined, '/a', { NX_GOPHER_STORE: address });
      expect(open).toThrow('The store of compiled packages must be s3://bucket/prefix.');
    },
  );

  it('is known without what is at its end', () => {
    expect(openStore(undefined, '/a', { NX_GOPHER_STORE: 's3://bucket/go/' })?.store.name).toBe('s3://bucket/go');
  });
});

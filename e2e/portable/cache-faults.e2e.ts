import { appendFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CacheServer, type Fault } from '../../testing/cache-server/cache-server.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { digestOfFile } from '../../testing/truth/digests.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const TASK = 'services/orders:build';
const BINARY = 'dist/services/orders/orders';

const send = (response: ServerResponse, body: Buffer): void => {
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
};
const refuse =
  (status: number): Fault =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end('no\n');

const truncated: Fault = (response, entry) => send(response, entry.subarray(0, entry.length / 2));

/** A byte in the middle of the binary is another one, and all checksums of the body are right. */
const flipped: Fault = (response, entry) => {
  const tar = gunzipSync(entry);
  const middle = Math.floor(tar.length / 2);
  tar[middle] = (tar[middle] ?? 0) ^ 0xff;
  send(response, gzipSync(tar));
};

/** What a server does to an entry, and what Nx says of it on its own. */
const REFUSED: readonly (readonly [name: string, fault: Fault, says: RegExp])[] = [
  ['is an error of the server (500)', refuse(500), /500 Internal Server Error/],
  ['is a refusal (403)', refuse(403), /403 Forbidden/],
  ['is truncated', truncated, /unpack|tarball/],
  ['is empty', (response) => send(response, Buffer.alloc(0)), /tarball/],
  ['is another page', (response) => send(response, Buffer.from('<html>Sign in</html>')), /tarball/],
  ['hangs, and the connection then ends', (response) => void setTimeout(() => response.destroy(), 1500), /request/],
];

describe.each([NX_24, NX_23])('on Nx $nx, an answer of the remote cache', (nxVersion) => {
  let workspace: Workspace;
  let server: CacheServer;
  let digest: string;
  const restore = async () => {
    workspace.forget();
    rmSync(workspace.path('dist'), { recursive: true, force: true });
    return workspace.nx(['run', TASK], server.settings);
  };

  beforeAll(async () => {
    server = await CacheServer.start();
    workspace = await Workspace.create(SINGLE_MODULE, nxVersion, { pluginWorkers: false });
    await workspace.nx(['run-many', '-t', 'build', '-p', 'services/orders', 'services/billing'], server.settings);
    digest = digestOfFile(workspace.path(BINARY));
  });
  beforeEach(() => server.forget());
  afterAll(async () => {
    workspace?.dispose();
    await server?.stop();
  });

  it.each(nxVersion.selectsTasks ? REFUSED : REFUSED.slice(0, 1))(
    'that %s ends the run, and leaves no binary',
    async (_, fault, says) => {
      server.fault = fault;
      const { exitCode, output } = await restore();
      expect(output).toMatch(says);
      expect(exitCode).not.toBe(0);
      expect(workspace.exists(BINARY)).toBe(false);
    },
  );

  it('that does not come, since nobody listens, ends the run, and leaves no binary', async () => {
    workspace.forget();
    rmSync(workspace.path('dist'), { recursive: true, force: true });
    const nobody = { ...server.settings, NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://127.0.0.1:1' };
    const { exitCode, output } = await workspace.nx(['run', TASK], nobody);
    expect(output).toContain('127.0.0.1:1');
    expect(exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);
  });

  it('that was cut off does no harm to the next one', async () => {
    server.fault = truncated;
    await restore();
    server.forget();
    expect((await workspace.nx(['run', TASK], server.settings)).output).toContain('[remote cache]');
    expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
  });

  it('that says that there is none leads to a build', async () => {
    server.fault = refuse(404);
    expect((await restore()).exitCode).toBe(0);
    expect(server.counts.asked).toBe(1);
    expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
  });

  it('with a damaged binary fails the run, and a build without it makes it good', async () => {
    server.fault = flipped;
    const { exitCode, output } = await restore();
    expect(output).toMatch(/what the cache gave[^]*services\/orders:build \(\d+\): .* holds other bytes/);
    expect(output).toContain(TASK);
    expect(exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);

    expect((await workspace.nx(['run', TASK, '--skip-remote-cache'], server.settings)).exitCode).toBe(0);
    expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
  });

  describe('with the option to rebuild', () => {
    beforeAll(() => {
      const nxJson = JSON.parse(workspace.text('nx.json')) as object;
      const plugins = [{ plugin: 'nx-gopher', options: { onWrongCacheEntry: 'rebuild' } }];
      writeFiles(workspace.root, { 'nx.json': JSON.stringify({ ...nxJson, plugins }) });
    });
    afterAll(() => workspace.reset());

    it('a damaged binary is built anew in the same run, and archives are packed of that', async () => {
      await workspace.nx(['run-many', '-t', 'build', 'package', '-p', 'services/orders'], server.settings);
      const archive = digestOfFile(workspace.path(`${BINARY}.tar.gz`));
      // In an entry without a binary the byte in the middle is none of a file.
      server.fault = (response, entry) => (entry.length > 100_000 ? flipped : send)(response, entry);
      for (const target of ['build', 'package']) {
        workspace.forget();
        rmSync(workspace.path('dist'), { recursive: true, force: true });
        const { exitCode, output } = await workspace.nx(['run', `services/orders:${target}`], server.settings);
        expect(output).toMatch(/what the cache gave|built anew/);
        expect([exitCode, output]).toEqual([0, output]);
        expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
      }
      expect(digestOfFile(workspace.path(`${BINARY}.tar.gz`))).toBe(archive);
      // What was built anew is in the cache of this machine.
      server.forget();
      rmSync(workspace.path('dist'), { recursive: true, force: true });
      expect((await workspace.nx(['run', TASK], server.settings)).output).toContain('[local cache]');
      expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
    });
  });

  it('with the entry of another task fails the run, and leaves no binary', async () => {
    const entries = [...server.entries.values()];
    server.fault = (response, entry) => send(response, entries.find((other) => other !== entry) ?? Buffer.alloc(0));
    const { exitCode, output } = await restore();
    expect(output).toContain(TASK);
    expect(output).toContain('nx-gopher: what the cache gave');
    expect(exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);
  });

  it('that lies in the local cache with other bytes is packed by nobody, and is built again', async () => {
    expect((await restore()).exitCode).toBe(0);
    const [cached = ''] = workspace.cached(BINARY);
    appendFileSync(cached, 'x');
    const pack = () => workspace.nx(['run', 'services/orders:package', '--skip-remote-cache']);
    const { exitCode, output } = await pack();
    expect(output).toContain(`services/orders:package is not made: what the cache gave for ${TASK}`);
    expect(exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);
    expect(workspace.exists(`${BINARY}.tar.gz`)).toBe(false);

    expect((await pack()).exitCode).toBe(0);
    expect(digestOfFile(workspace.path(BINARY))).toBe(digest);
  });
});

import { rmSync } from 'node:fs';
import { basename } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { run, type CommandResult } from '../../testing/workspace/command.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const BINARY = 'dist/services/orders/orders';
const MAIN = 'services/orders/main.go';

describe.each([NX_24, NX_23])('on Nx $nx, where nx.json names a public key', (nxVersion) => {
  let workspace: Workspace;
  let server: CacheServer;
  /** The private keys of the pipeline, which is trusted, and of somebody else who may write to the cache. */
  let [pipeline, somebody] = ['', ''];

  const keygen = async () => {
    const cli = workspace.path('node_modules/nx-gopher/dist/cli/main.js');
    const { stdout } = await run(process.execPath, [cli, 'cache', 'keygen'], workspace.root, workspace.environment());
    const [, privateKey = '', publicKey = ''] = /KEY=(\S+)[^]*"publicKeys":\["([^"]+)"\]/.exec(stdout) ?? [];
    return { privateKey, publicKey };
  };
  /** On another machine: nothing but the sources is there. */
  const elsewhere = async (settings: Readonly<Record<string, string>>): Promise<CommandResult> => {
    workspace.forget();
    rmSync(workspace.path('dist'), { recursive: true, force: true });
    const targets = ['run-many', '-t', 'build', 'test', 'package', '-p', 'services/orders'];
    const result = await workspace.nx(targets, { ...server.settings, ...settings });
    for (const key of [pipeline, somebody]) expect(result.output).not.toContain(key);
    return result;
  };

  /** The hash under which this machine has the build's result. */
  const hashOfBuild = (): string => basename((workspace.cached(BINARY)[0] ?? '').slice(0, -BINARY.length - 1));

  beforeAll(async () => {
    server = await CacheServer.start();
    workspace = await Workspace.create(SINGLE_MODULE, nxVersion, { pluginWorkers: false });
    const [first, second] = [await keygen(), await keygen()];
    [pipeline, somebody] = [first.privateKey, second.privateKey];
    const options = { trust: { publicKeys: [first.publicKey] } };
    writeFiles(workspace.root, { 'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-gopher', options }] }) });
    await workspace.commit();
  });
  beforeEach(() => {
    server.entries.clear();
    server.forget();
  });
  afterAll(async () => {
    workspace?.dispose();
    await server?.stop();
  });

  it('takes what the pipeline signed, and not what it signed for other sources', async () => {
    expect((await elsewhere({ NX_GOPHER_SIGNING_KEY: pipeline })).exitCode).toBe(0);
    expect(server.counts.stored).toBeGreaterThan(2);
    const restored = await elsewhere({});
    expect(restored.output).toContain('[remote cache]');
    expect(restored.exitCode).toBe(0);
    expect(workspace.exists(BINARY)).toBe(true);

    const old = server.entries.get(hashOfBuild()) ?? Buffer.alloc(0);
    writeFiles(workspace.root, { [MAIN]: `${workspace.text(MAIN)}\nvar edited = 1\n` });
    expect((await elsewhere({ NX_GOPHER_SIGNING_KEY: pipeline })).exitCode).toBe(0);
    server.entries.set(hashOfBuild(), old);
    const replayed = await elsewhere({});
    expect(replayed.output).toMatch(/services\/orders:build \(\d+\): its seal is that of another hash/);
    expect(replayed.exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);
    writeFiles(workspace.root, { [MAIN]: SINGLE_MODULE.files[MAIN] ?? '' });
  });

  it.each([
    ['did not sign', () => ({})],
    ['signed with a key of their own', () => ({ NX_GOPHER_SIGNING_KEY: somebody })],
  ])('refuses what somebody else %s, who can use it on their machine all the same', async (_, settings) => {
    expect((await elsewhere(settings())).exitCode).toBe(0);
    rmSync(workspace.path('dist'), { recursive: true });
    const own = await workspace.nx(['run', 'services/orders:build'], { ...server.settings, ...settings() });
    expect(own.output).toContain('[local cache]');
    expect(own.exitCode).toBe(0);

    const refused = await elsewhere({});
    expect(refused.output).toMatch(/services\/orders:build \(\d+\): its seal is not signed/);
    expect(refused.exitCode).not.toBe(0);
    expect(workspace.exists(BINARY)).toBe(false);
    expect(workspace.exists(`${BINARY}.tar.gz`)).toBe(false);
  });

  it('fails the task that cannot be signed, and does not print what was given for a key', async () => {
    const { exitCode, output } = await elsewhere({ NX_GOPHER_SIGNING_KEY: 'no-key-at-all' });
    expect(output).toContain('NX_GOPHER_SIGNING_KEY holds no private key');
    expect(output).not.toContain('no-key-at-all');
    expect(exitCode).not.toBe(0);
  });
});

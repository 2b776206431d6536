import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './remote-cache.js';

const HASH = '12345678901234567890';
const workspace = new GoWorkspace({ 'nx.json': '{}' });
let server: CacheServer;
beforeAll(async () => {
  server = await CacheServer.start();
});
afterAll(async () => {
  await server.stop();
  workspace.remove();
});

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('entries go to the server that Nx has, and come back', async () => {
    server.entries.clear();
    const [from, to] = [workspace.path(`from-${nx.version}`), workspace.path(`to-${nx.version}`)];
    mkdirSync(join(from, HASH), { recursive: true });
    mkdirSync(to);
    writeFileSync(join(from, HASH, 'package'), 'content');
    const given = [server.settings, HASH, from, to] as const;
    const found = await nx.run(
      workspace.root,
      'remote-cache',
      async (file: typeof door, [settings, hash, source, target]: typeof given) => {
        Object.assign(process.env, settings);
        const cache = await file.remoteCache();
        const before = await cache?.retrieve(hash, target);
        await cache?.store(hash, source, '', 0);
        return [before, Boolean(await cache?.retrieve(hash, target))];
      },
      given,
    );
    expect(found).toEqual([null, true]);
    expect([...server.entries.keys()]).toEqual([HASH]);
    expect(readFileSync(join(to, HASH, 'package'), 'utf8')).toBe('content');
  });

  it('there is none where Nx has none', async () => {
    const found = await nx.run(workspace.root, 'remote-cache', async (file: typeof door) => {
      delete process.env['NX_SELF_HOSTED_REMOTE_CACHE_SERVER'];
      return file.remoteCache();
    });
    expect(found).toBeNull();
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { mainsThatHold } from '../../testing/generated/plan.js';
import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { installation } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { GOPHER, noOpBatch, NO_OP_BATCH, type Bench, type Part } from './bench.js';
import { editLeaf } from './edit.js';
import { SpeedWorkspace } from './speed-workspace.js';

const GO = 'go build, all else in GOCACHE';
const NEAR = `${GOPHER}, a store`;
const FAR = `${GOPHER}, a store 50 ms away`;
const ALONE = `${GOPHER}, no store`;
const HARVEST = { harvest: 'always' };
const FIRST = `${GOPHER}, into an empty store`;

/** An edit on a machine without any cache, with a store of compiled packages that another one has filled. */
export const coldMachine: Part = {
  name: 'cold',
  async measure(bench) {
    const [gopher, plain] = [await warmed(bench), await bench.plain()];
    const held = mainsThatHold(plain.plan, plain.plan.leaf).map(({ dir }) => dir);
    const build = ['run-many', '-t', 'build', '-p', held.join()];
    const goBuild = ['build', '-trimpath', '-buildvcs=false', '-o', 'dist/', ...held.map((dir) => `./${dir}`)];
    const [near, far, empty] = [await CacheServer.start(), await CacheServer.start(), await CacheServer.start()];
    far.delay = 50;
    const onColdMachine = contestants(gopher, build, held.length);
    try {
      await gopher.nx(build, ['ran', held.length], near.storeSettings);
      for (const [key, body] of near.entries) far.entries.set(key, body);
      await plain.go(...goBuild);
      const title = `${held.length} of ${bench.size.mains} mains after an edit, on a machine without caches`;
      const seconds = await bench.time(title, [
        { name: GO, prepare: async () => editLeaf(plain), run: async () => void (await plain.go(...goBuild)) },
        onColdMachine(NEAR, near, 'read'),
        onColdMachine(FAR, far, 'read'),
        onColdMachine(ALONE, undefined, 'off'),
        onColdMachine(FIRST, empty, 'write'),
        await noOpBatch(bench),
      ]);
      return [
        partResult('cold', title, seconds, [
          { subject: NEAR, reference: GO, less: NO_OP_BATCH, atMost: 1.25 },
          { subject: FAR, less: NEAR, atMost: 2 },
          { subject: NEAR, reference: ALONE },
          { subject: FIRST, reference: ALONE, atMost: 1.02 },
        ]),
      ];
    } finally {
      for (const server of [near, far, empty]) await server.stop();
    }
  },
};

/** With the plugin, which puts compiled packages into whatever store there is. */
async function warmed(bench: Bench): Promise<SpeedWorkspace> {
  const installed = await installation(NX_24);
  const nxJson = { namedInputs: { goSources: [] }, plugins: [{ plugin: 'nx-gopher', options: { warm: HARVEST } }] };
  const files = { 'nx.json': JSON.stringify(nxJson) };
  return bench.workspace('warm', () => SpeedWorkspace.create('warm', bench.size, files, installed));
}

/** Runs of Nx with a store, each after another edit, with neither an Nx cache nor a GOCACHE. */
function contestants(gopher: SpeedWorkspace, build: readonly string[], count: number) {
  return (name: string, store: CacheServer | undefined, remote: string): Contestant => ({
    name,
    prepare: async () => {
      gopher.forget();
      rmSync(join(gopher.root, '../gocache'), { recursive: true, force: true });
      editLeaf(gopher);
      if (remote === 'write') store?.entries.clear();
    },
    run: () => gopher.nx(build, ['ran', count], { ...store?.storeSettings, NX_GOPHER_REMOTE: remote }),
  });
}

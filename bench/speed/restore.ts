import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { COPIED_FILE } from './bare-nx.js';
import { GOPHER, GOPHER_DAEMON, type Part } from './bench.js';
import type { Settings, SpeedWorkspace } from './speed-workspace.js';

const BUILD = ['run-many', '-t', 'build'];
const BARE = 'Nx without the plugin';
const DAEMON = { NX_DAEMON: 'true' };

/** All binaries from Nx's cache, none of them on its place; against files of the same size that a bare Nx restores. */
export const restore: Part = {
  name: 'restore',
  async measure(bench) {
    const { mains } = bench.size;
    const [gopher, daemon, bare] = [await bench.gopher(), await bench.gopherWithDaemon(), await bench.bare()];
    for (const workspace of [gopher, daemon, bare]) workspace.forget();
    for (const workspace of [gopher, daemon]) await workspace.startGoCacheFrom(await bench.standard());
    await gopher.nx(BUILD, ['ran', mains]);
    await daemon.nx(BUILD, ['ran', mains], DAEMON);
    copyFileSync(gopher.binary(gopher.plan.mains[0]?.dir ?? ''), join(bare.root, COPIED_FILE));
    await bare.nx(BUILD, ['ran', mains]);
    const title = `${mains} binaries restored from the cache`;
    const seconds = await bench.time(title, [
      restoring(GOPHER, gopher),
      restoring(BARE, bare),
      restoring(GOPHER_DAEMON, daemon, DAEMON),
      restoring(`${BARE}, daemon`, bare, DAEMON),
    ]);
    return [
      partResult('restore', title, seconds, [
        { subject: GOPHER, reference: BARE, atMost: 1.3 },
        { subject: GOPHER_DAEMON, reference: `${BARE}, daemon` },
      ]),
    ];
  },
};

function restoring(name: string, workspace: SpeedWorkspace, settings: Settings = {}): Contestant {
  const { mains } = workspace.plan;
  return {
    name,
    prepare: async () => rmSync(join(workspace.root, 'dist'), { recursive: true }),
    run: async () => {
      await workspace.nx(BUILD, ['cached', mains.length], settings);
      const missing = mains.filter(({ dir }) => !existsSync(workspace.binary(dir)));
      if (missing.length > 0) throw new Error(`${missing.length} files were not restored`);
    },
  };
}

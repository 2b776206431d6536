import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { COPIED_FILE } from './bare-nx.js';
import { GOPHER, GOPHER_DAEMON, type Part } from './bench.js';
import type { Settings, SpeedWorkspace } from './speed-workspace.js';

const BUILD = ['run-many', '-t', 'build'];
const BARE = 'Nx without the plugin';
const DAEMON = { NX_DAEMON: 'true' };
const UNREAD = 'nx-gopher, entries not compared before';

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
      withoutNotes(restoring(UNREAD, gopher), gopher),
      restoring(BARE, bare),
      restoring(GOPHER_DAEMON, daemon, DAEMON),
      restoring(`${BARE}, daemon`, bare, DAEMON),
    ]);
    return [
      partResult('restore', title, seconds, [
        { subject: GOPHER, reference: BARE, atMost: 1.3 },
        { subject: UNREAD, reference: GOPHER },
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

/** As for what another machine has put into the cache folder: all bytes are compared with their seals. */
function withoutNotes(restore: Contestant, workspace: SpeedWorkspace): Contestant {
  return {
    ...restore,
    prepare: async () => {
      await restore.prepare();
      const cache = join(workspace.root, '.nx/cache');
      const notes = readdirSync(cache).map((entry) => join(cache, entry, '.nx-gopher-checked'));
      const present = notes.filter((note) => existsSync(note));
      if (present.length < workspace.plan.mains.length) throw new Error(`${present.length} entries were compared`);
      for (const note of present) rmSync(note);
    },
  };
}

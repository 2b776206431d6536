import { installation, publishedInstallation } from '../../testing/workspace/installation.js';
import { NX_23 } from '../../testing/workspace/nx-versions.js';
import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { planWorkspace } from '../../testing/generated/plan.js';
import { GOPHER, PLUGIN_ONLY, type Bench, type Part } from './bench.js';
import { SpeedWorkspace } from './speed-workspace.js';

/** Versions by package name. */
const PEERS = { '@nx-go/nx-go': '4.1.1', '@naxodev/gonx': '4.1.1' } as const;

/**
 * All mains from sources, by this plugin and by others, each with its own executor; on the newest Nx that all run on.
 */
export const peers: Part = {
  name: 'peers',
  async measure(bench) {
    const standard = await bench.standard();
    const names = Object.keys(PEERS) as (keyof typeof PEERS)[];
    const gopher = await bench.workspace('gopher-23', async () =>
      SpeedWorkspace.create('gopher-23', bench.size, PLUGIN_ONLY, await installation(NX_23)),
    );
    const contestants = [building(GOPHER, gopher, standard)];
    for (const name of names) contestants.push(building(name, await peerWorkspace(bench, name), standard));
    const title = `build with other plugins, GOCACHE with the standard library, Nx ${NX_23.nx}`;
    const seconds = await bench.time(title, contestants, { slow: true });
    // To be at least 2.5 times as fast.
    const bars = names.map((name) => ({ subject: GOPHER, reference: name, atMost: 0.4 }));
    return [partResult('peers', title, seconds, bars)];
  },
};

/**
 * A workspace whose mains each have a project.json with a build target of the peer's executor: all projects are in one
 * module, for which neither infers any. What inferring costs elsewhere is left out.
 */
function peerWorkspace(bench: Bench, name: keyof typeof PEERS): Promise<SpeedWorkspace> {
  const projects = planWorkspace(bench.size).mains.map(({ dir }): [path: string, content: string] => {
    const build = { executor: `${name}:build`, cache: true, outputs: [`{workspaceRoot}/dist/${dir}`] };
    return [`${dir}/project.json`, `${JSON.stringify({ name: dir, targets: { build } })}\n`];
  });
  const files = { 'nx.json': '{}\n', ...Object.fromEntries(projects) };
  return bench.workspace(name, async () =>
    SpeedWorkspace.create('peer', bench.size, files, await publishedInstallation(NX_23, { [name]: PEERS[name] })),
  );
}

function building(name: string, workspace: SpeedWorkspace, standard: string): Contestant {
  return {
    name,
    prepare: async () => {
      workspace.forget();
      await workspace.startGoCacheFrom(standard);
    },
    run: () => workspace.nx(['run-many', '-t', 'build'], ['ran', workspace.plan.mains.length]),
  };
}

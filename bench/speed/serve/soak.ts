import { resolve } from 'node:path';

import { installation } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { partResult, type Amount, type PartResult } from '../../report/result.js';
import { PLUGIN_ONLY, type Bench, type Part } from '../bench.js';
import { SpeedWorkspace } from '../speed-workspace.js';
import { bytes } from './bytes.js';
import { idleMemory } from './idle-memory.js';
import { kills } from './kills.js';
import { restarts } from './restarts.js';
import { saveUnderOneLeader } from './saves.js';
import { makeServers } from './served-mains.js';
import { throughProxy } from './through-proxy.js';

/** Programs that are served where not all of them have to be. */
const FEW = 6;
export const SOAK = 'serve-soak';

/** `dir:pattern`, a module's directory and its main package. */
function repositoryNamed(text: string): { cwd: string; pattern: string } {
  const at = text.lastIndexOf(':');
  return { cwd: resolve(text.slice(0, at)), pattern: text.slice(at + 1) };
}

/** A part of the benchmark that counts what goes wrong. */
function part(
  name: string,
  title: string,
  count: (workspace: SpeedWorkspace, bench: Bench) => Promise<Amount[]>,
): Part {
  return {
    name: `${SOAK}-${name}`,
    async measure(bench) {
      bench.progress(title);
      const installed = await installation(NX_24);
      const workspace = await bench.workspace(`soak-${name}`, () =>
        SpeedWorkspace.create(`soak-${name}`, bench.size, PLUGIN_ONLY, installed),
      );
      await workspace.startGoCacheFrom(await bench.standard());
      return [{ part: `${SOAK}-${name}`, title, seconds: {}, amounts: await count(workspace, bench), ratios: [] }];
    },
  };
}

/** Half as many edits as `--saves` says, of the small generated repository and those that `--repositories` names. */
const sameBytes: Part = {
  name: `${SOAK}-bytes`,
  async measure(bench) {
    const plain = await bench.plain();
    const [main] = plain.plan.mains;
    const generated = {
      cwd: plain.root,
      pattern: `./${main?.dir}`,
      env: plain.environment() as Record<string, string>,
    };
    const real = bench.repositories.map((text) => ({ ...repositoryNamed(text), env: {} }));
    const programs = [generated, ...real];
    const results: PartResult[] = [];
    for (const program of programs) {
      const edits = Math.ceil(bench.saves / 2 / programs.length);
      const { title, seconds, amounts } = await bytes(program, edits, bench.progress);
      const ratios = [{ subject: 'without go', reference: 'go build' }];
      results.push({ ...partResult(`${SOAK}-bytes`, title, seconds, ratios), amounts });
    }
    return results;
  },
};

/** What `serve` has to be right in, whatever happens; `--saves` says how often it does. */
export const soak: readonly Part[] = [
  part('restarts', 'saves at random', async (workspace, { saves, progress }) => {
    const ports = await makeServers(workspace, workspace.plan.mains.slice(0, FEW));
    return restarts(workspace, ports, Math.ceil(saves / 5), progress);
  }),
  part('proxy', 'requests during saves', async (workspace, { saves, progress }) => {
    const mains = workspace.plan.mains.slice(0, 1);
    await makeServers(workspace, mains);
    return throughProxy(workspace, mains[0] as (typeof mains)[number], Math.ceil(saves / 10), progress);
  }),
  part('kills', 'saves and kills', async (workspace, { saves, progress }) => {
    const ports = await makeServers(workspace, workspace.plan.mains.slice(0, FEW));
    return kills(workspace, ports, saves, progress);
  }),
  part('saves', 'saves under one leader', async (workspace, { saves, progress }) => {
    const ports = await makeServers(workspace, workspace.plan.mains.slice(0, FEW));
    return saveUnderOneLeader(workspace, ports, saves, progress);
  }),
  part('memory', 'idle programs', async (workspace) => {
    return idleMemory(workspace, await makeServers(workspace, workspace.plan.mains.slice(0, 60)));
  }),
  sameBytes,
];

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { freePorts, until } from '../../../testing/serving/serving.js';
import { installation } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { partResult, type Amount, type PartResult } from '../../report/result.js';
import { spreadOf } from '../../timing/statistics.js';
import { PLUGIN_ONLY, type Bench, type Part } from '../bench.js';
import { SpeedWorkspace } from '../speed-workspace.js';
import type { Contestant } from '../../timing/interleave.js';
import { editWeight, makeServers, serveMains, textOf } from './served-mains.js';

const FAST = 'serve';
const SLOW = 'serve, fastPath off';
const GO = 'go build and start';

/** From a save to the first answer of the new program, against `go build` and a start of what it makes. */
export const latency: Part = {
  name: 'serve',
  async measure(bench) {
    const names = ['fast', 'slow', 'plain'] as const;
    const [fast, slow, plain] = (await Promise.all(names.map((name) => servers(bench, name)))) as [
      Server,
      Server,
      Server,
    ];
    const served = [
      await serveMains(fast.workspace, fast.ports),
      await serveMains(slow.workspace, slow.ports, ['--fastPath=false']),
    ];
    const children: ChildProcess[] = [];
    try {
      await until('recorded', () => served[0]?.output.includes('it is recorded how go builds it'));
      const results: PartResult[] = [];
      for (const what of ['the main package', 'a library'] as const) {
        const contestants = [saving(FAST, fast, what), saving(SLOW, slow, what), building(plain, what, children)];
        const title = `save of ${what} to the first new answer`;
        const seconds = await bench.time(title, contestants);
        results.push({ ...partResult('serve', title, seconds, bars()), amounts: amounts(seconds) });
      }
      return results;
    } finally {
      await end(children);
      for (const serving of served) await serving.end('SIGINT');
    }
  },
};

interface Server {
  readonly workspace: SpeedWorkspace;
  readonly main: PlannedPackage;
  readonly ports: ReadonlyMap<PlannedPackage, number>;
}

async function servers(bench: Bench, name: string): Promise<Server> {
  const installed = await installation(NX_24);
  const workspace = await bench.workspace(`serve-${name}`, () =>
    SpeedWorkspace.create(`serve-${name}`, bench.size, PLUGIN_ONLY, installed),
  );
  await workspace.startGoCacheFrom(await bench.standard());
  const main = workspace.plan.mains[0] as PlannedPackage;
  return { workspace, main, ports: await makeServers(workspace, [main]) };
}

function edited({ workspace: { plan }, main }: Server, what: string): PlannedPackage {
  return what === 'a library' ? plan.leaf : main;
}

function saving(name: string, server: Server, what: string): Contestant {
  const port = server.ports.get(server.main) as number;
  let before: string | undefined;
  return {
    name,
    prepare: async () => {
      before = await textOf(port);
      // A user does not save the moment that an answer comes.
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    run: async () => {
      editWeight(server.workspace, edited(server, what));
      await fastUntil(async () => {
        const now = await textOf(port);
        return now !== undefined && now !== before;
      });
    },
  };
}

/** @param children programs that were started; none is left but the last. */
function building({ workspace, main, ...server }: Server, what: string, children: ChildProcess[]): Contestant {
  return {
    name: GO,
    prepare: () => end(children),
    run: async () => {
      const [port] = (await freePorts(1)) as [number];
      editWeight(workspace, edited({ workspace, main, ...server }, what));
      await workspace.go('build', '-o', 'x', `./${main.dir}`);
      const env = { ...workspace.environment(), PORT: String(port) };
      children.push(spawn(workspace.path('x'), { env, stdio: 'ignore' }));
      await fastUntil(async () => (await textOf(port)) !== undefined);
    },
  };
}

async function end(children: ChildProcess[]): Promise<void> {
  for (const child of children.splice(0)) if (child.kill('SIGKILL')) await once(child, 'exit');
}

/** Asks again without a pause that would count. */
async function fastUntil(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('no new answer in a minute');
}

function bars() {
  return [
    { subject: FAST, reference: GO },
    { subject: SLOW, reference: GO },
  ];
}

/** What is promised is a share of go's time and some milliseconds. */
function amounts(seconds: Readonly<Record<string, readonly number[]>>): Amount[] {
  const of = (name: string): number => spreadOf(seconds[name] ?? []).median * 1000;
  return [
    { name: `${FAST} − 0.75 × ${GO}`, value: of(FAST) - 0.75 * of(GO), unit: 'ms', atMost: 60 },
    { name: `${SLOW} − ${GO}`, value: of(SLOW) - of(GO), unit: 'ms', atMost: 100 },
  ];
}

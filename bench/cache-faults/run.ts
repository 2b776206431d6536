/**
 * Damages what lies in a cache, in every way and of every kind of output, and counts how often something wrong is
 * taken.
 *
 *   npx tsx bench/cache-faults/run.ts --count 100 --seed 1
 *   npx tsx bench/cache-faults/run.ts --only signature
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';

import type { PostTasksExecutionContext } from '@nx/devkit';

import type { Trust } from '../../src/seals/trust.js';
import { verifyRun } from '../../src/seals/verify-run.js';
import { FAULTS, keys, SIGNATURE_FAULTS, type Fault } from '../../testing/cache-faults/faults.js';
import { copyOutputs, seal, stateOf, temporary, type CachedTask } from '../../testing/cache-faults/sealed-entry.js';
import { Random } from '../../testing/random/random.js';
import { makeOutputs, type Pair } from './real-outputs.js';

type TaskResult = PostTasksExecutionContext['taskResults'][string];

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
});
const ownKeys = keys();
const TRUST: Trust = { publicKeys: [ownKeys.read], machineKey: Buffer.alloc(32, 1) };
const folder = temporary();
const [origin, cache, workspace] = ['origin', 'cache', 'workspace'].map((name) => join(folder.path, name)) as [
  string,
  string,
  string,
];

/** What came of it: taken though wrong, taken and right, refused, or refused and not removed. */
type Outcome = 'wrong' | 'right' | 'refused' | 'left';

async function attempt(
  { task, other }: Pair,
  fault: Fault,
  random: Random,
  trust: Trust | undefined,
): Promise<Outcome | undefined> {
  for (const path of [cache, workspace]) rmSync(path, { recursive: true, force: true });
  const entry = join(cache, task.hash);
  copyOutputs(task, origin, entry);
  if (!fault({ task, folder: entry, other, otherFolder: origin, random })) return undefined;
  copyOutputs(task, entry, workspace);
  const status = trust || random.chance(0.5) ? 'remote-cache' : 'local-cache';
  const result = { task: nxTask(task), status } as unknown as TaskResult;
  const where = { workspaceRoot: workspace, cacheFolder: cache, trust };
  const isTaken = await verifyRun([result], where, () => ({ executor: 'nx-gopher:build' })).then(
    () => true,
    () => false,
  );
  const state = stateOf(task, workspace);
  if (isTaken) return isDeepStrictEqual(state, stateOf(task, origin)) && !trust ? 'right' : 'wrong';
  return Object.keys(state).length === 0 ? 'refused' : 'left';
}

function nxTask({ project, target, hash, outputs }: CachedTask) {
  return { id: `${project}:${target}`, target: { project, target }, hash, outputs, overrides: {} };
}

async function count(pairs: readonly Pair[], faults: Readonly<Record<string, Fault>>, trust: Trust | undefined) {
  let bad = 0;
  for (const [name, fault] of Object.entries(faults).filter(([one]) => new RegExp(values.only).test(one))) {
    const counts: Record<Outcome, number> = { wrong: 0, right: 0, refused: 0, left: 0 };
    for (const pair of pairs) {
      const random = new Random(`${values.seed} ${name} ${pair.kind}`);
      for (let done = 0; done < Number(values.count);) {
        const outcome = await attempt(pair, fault, random, trust);
        // A change that changes nothing is no fault.
        if (outcome === undefined) continue;
        counts[outcome]++;
        done++;
      }
    }
    bad += counts.wrong + counts.left;
    const { refused, right, wrong, left } = counts;
    console.log(`${name.padEnd(50)} refused ${refused}, right ${right}, wrong ${wrong}, not removed ${left}`);
  }
  return bad;
}

try {
  mkdirSync(origin, { recursive: true });
  const pairs = await makeOutputs(origin);
  console.log(
    `${pairs.map(({ kind }) => kind).join(', ')}; ${values.count} of each fault for each kind, seed ${values.seed}\n`,
  );
  const damaged = pairs.flatMap(({ task, other }) => [task, other]);
  for (const task of damaged) await seal(task, origin, { isBound: false });
  let bad = await count(pairs, FAULTS, undefined);
  for (const task of damaged) await seal(task, origin, { isBound: true, signingKey: ownKeys.privateKey });
  bad += await count(pairs, SIGNATURE_FAULTS, TRUST);
  process.exitCode = bad > 0 ? 1 : 0;
} finally {
  folder.remove();
}

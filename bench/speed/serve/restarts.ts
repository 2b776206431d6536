import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { MODULE } from '../../../testing/generated/sources.js';
import { Random } from '../../../testing/random/random.js';
import { answer, until, type Serving } from '../../../testing/serving/serving.js';
import { digestOfFile } from '../../../testing/truth/digests.js';
import { memoryOf } from '../../timing/peak-memory.js';
import type { Amount } from '../../report/result.js';
import type { SpeedWorkspace } from '../speed-workspace.js';
import { editWeight, replaceIn, serveMains } from './served-mains.js';

/** As `serve` builds, see src/serve/build/development-options.ts. */
const FLAGS = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
/** An edit moves no bytes this often. */
const COMMENTS = 0.3;

/**
 * Saves packages at random. After each, exactly those programs have to be others that are made of the package, as
 * `go list` tells, and whose bytes have moved in what `go build` makes; and their bytes have to be those.
 */
export async function restarts(
  workspace: SpeedWorkspace,
  ports: ReadonlyMap<PlannedPackage, number>,
  saves: number,
  progress: (text: string) => void,
): Promise<Amount[]> {
  const serving = await serveMains(workspace, ports);
  const mains = [...ports.keys()];
  const random = new Random('restarts');
  const packages = [...workspace.plan.libraries, ...mains];
  let [wrong, others] = [0, 0];
  const memory: number[] = [];
  try {
    const deps = await closures(workspace, mains);
    let truth = await built(workspace, mains);
    for (let number = 1; number <= saves; number++) {
      const edited = random.of(packages);
      const concerned = mains.filter((main) => deps.get(main)?.has(`${MODULE}/${edited.dir}`));
      const before = await pids(ports);
      await save(workspace, edited, random.chance(COMMENTS) ? number : undefined, concerned.length, serving);
      const after = await pids(ports);
      const now = await built(workspace, mains);
      const isOther = (main: PlannedPackage): boolean => before.get(main) !== after.get(main);
      wrong += mains.filter((main) => isOther(main) !== (now.get(main) !== truth.get(main))).length;
      others += mains.filter((main) => digestOfFile(servedBinary(workspace, main)) !== now.get(main)).length;
      truth = now;
      memory.push(leaderMemory(serving));
      if (number % 20 === 0) progress(`  ${number} saves: ${wrong} wrong restarts, ${others} other bytes`);
    }
  } finally {
    await serving.end('SIGINT');
  }
  return amounts(saves, wrong, others, memory);
}

function amounts(saves: number, wrong: number, others: number, memory: readonly number[]): Amount[] {
  return [
    {
      name: `programs restarted that should not be, or not restarted, ${saves} saves`,
      value: wrong,
      unit: '',
      atMost: 0,
    },
    { name: 'programs with other bytes than go build makes', value: others, unit: '', atMost: 0 },
    { name: 'memory of the leader, last fifth less second', value: growth(memory) / 1e6, unit: 'MB', atMost: 20 },
  ];
}

async function save(
  workspace: SpeedWorkspace,
  edited: PlannedPackage,
  comment: number | undefined,
  concerned: number,
  serving: Serving,
): Promise<void> {
  const text = serving.since();
  if (comment === undefined) editWeight(workspace, edited);
  else replaceIn(workspace.path(`${edited.dir}/record.go`), /$/, () => `// Edited ${comment}.\n`);
  const done = (): number => text().match(/\] (restarted|not restarted: .*)$/gm)?.length ?? 0;
  await until(`${concerned} programs looked at after ${edited.dir} was saved`, () => done() >= concerned);
  // What should not happen gets time to do so.
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** The process ids of the servers. A server that has just been started may need a moment. */
async function pids(ports: ReadonlyMap<PlannedPackage, number>): Promise<Map<PlannedPackage, number>> {
  const found = new Map<PlannedPackage, number>();
  for (const [main, port] of ports) found.set(main, (await until(`${main.dir} answers`, () => answer(port))).pid);
  return found;
}

async function closures(workspace: SpeedWorkspace, mains: readonly PlannedPackage[]) {
  const found = new Map<PlannedPackage, ReadonlySet<string>>();
  for (const main of mains) {
    const { stdout } = await workspace.go('list', '-deps', `./${main.dir}`);
    found.set(main, new Set(stdout.split('\n')));
  }
  return found;
}

/** The digests of what `go build` makes. */
async function built(
  workspace: SpeedWorkspace,
  mains: readonly PlannedPackage[],
): Promise<Map<PlannedPackage, string>> {
  const folder = workspace.path('../truth');
  mkdirSync(folder, { recursive: true });
  await workspace.go('build', ...FLAGS, '-o', `${folder}/`, ...mains.map(({ dir }) => `./${dir}`));
  return new Map(mains.map((main) => [main, digestOfFile(join(folder, nameOf(main)))]));
}

function servedBinary(workspace: SpeedWorkspace, main: PlannedPackage): string {
  const folder = workspace.path(`dist/.nx-gopher/.serve/${main.dir}`);
  return join(folder, readdirSync(folder).find((name) => !name.startsWith('.')) ?? '');
}

function nameOf({ dir }: PlannedPackage): string {
  return dir.slice(dir.lastIndexOf('/') + 1);
}

function leaderMemory(serving: Serving): number {
  const leader = serving.leader();
  return leader === undefined ? 0 : memoryOf([leader]);
}

/** From the second fifth to the last. */
export function growth(values: readonly number[]): number {
  const fifth = Math.max(1, Math.floor(values.length / 5));
  return mean(values.slice(-fifth)) - mean(values.slice(fifth, 2 * fifth));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { PostTasksExecution, PostTasksExecutionContext, TargetConfiguration } from '@nx/devkit';

import { targetFacts } from '../facts/target-facts.js';
import { START_TARGET } from '../facts/target-kinds.js';
import { CheckedFiles } from './checked-files.js';
import { machineKey } from './machine-key.js';
import { rebuild, unparsedOverrides, type WantedTask } from './rebuild.js';
import { removeEntry, removeOutputs } from './refuse.js';
import { sealAmong } from './seal-path.js';
import { parseTrust, trustOf, type Trust, type TrustOptions } from './trust.js';
import { entryProblem } from './verify-entry.js';
import { rebuildsWrongEntries } from './wrong-entry-option.js';

type TaskResult = PostTasksExecutionContext['taskResults'][string];

/** How many entries are looked at at once: one is read while another one is hashed. */
const AT_ONCE = 2;

/** Thrown when a cache gave what is no result of the task; the message names the tasks and the remedy. */
export class WrongCacheEntryError extends Error {
  override readonly name = 'WrongCacheEntryError';
}

/** What a cache gave, and why it is not taken. */
interface Refusal {
  readonly result: TaskResult;
  readonly problem: string;
}

/** Where a run took place, and what is trusted there. */
export interface RunContext {
  readonly workspaceRoot: string;
  /** Nx's cache on this machine. */
  readonly cacheFolder: string;
  readonly trust: Trust | undefined;
  /** Runs tasks anew; absent where a wrong entry is to fail the run. */
  readonly rebuild?: (tasks: readonly WantedTask[]) => Promise<boolean>;
}

type TargetOf = (result: TaskResult) => TargetConfiguration | undefined;

/**
 * Holds all that a run took from a cache against its seals. Nx believes what a cache gives if it can be unpacked; it
 * checks neither that it is what was stored nor that it belongs to the task.
 *
 * What is wrong is removed, from the outputs and from Nx's cache on this machine, and built anew where that is asked
 * for and no task of the run may have used it.
 *
 * What the run made itself is compared with its copy in Nx's cache, so that to restore it needs no comparison.
 *
 * @throws WrongCacheEntryError, which makes the run fail.
 */
export async function verifyRun(
  results: readonly TaskResult[],
  context: RunContext,
  targetOf: TargetOf,
): Promise<void> {
  const { workspaceRoot, cacheFolder, trust } = context;
  for (const { result, problem } of await problemsOf(
    results.filter((one) => isMadeHere(one, cacheFolder)),
    context,
  )) {
    removeEntry(cacheFolder, result.task.hash ?? '');
    process.stderr.write(`nx-gopher: ${result.task.id} is not cached, because its entry is damaged: ${problem}\n`);
  }
  const restored = results.filter(
    (result) => cameFromCache(result) && (hasSeal(result) || lacksSeal(result, trust, targetOf)),
  );
  const refusals = await problemsOf(restored, context);
  if (refusals.length === 0) return;
  for (const { result } of refusals) {
    removeOutputs(workspaceRoot, result.task.outputs);
    if (result.task.hash) removeEntry(cacheFolder, result.task.hash);
  }
  const archives = results.filter((result) => isMadeOf(result, refusals, targetOf));
  for (const { task } of archives) removeOutputs(workspaceRoot, task.outputs);
  if (await isRebuilt(results, [...refusals.map(({ result }) => result), ...archives], context, targetOf)) return;
  throw new WrongCacheEntryError(messageOf(refusals, archives));
}

async function problemsOf(results: readonly TaskResult[], context: RunContext): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const queue = [...results];
  const look = async (): Promise<void> => {
    for (let result = queue.shift(); result; result = queue.shift()) {
      const problem = await problemOf(result, context);
      if (problem !== undefined) refusals.push({ result, problem });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return refusals;
}

/** Runs what was refused anew, if that is asked for, and nothing that ran in the meantime may have used it. */
async function isRebuilt(
  results: readonly TaskResult[],
  wanted: readonly TaskResult[],
  { rebuild }: RunContext,
  targetOf: TargetOf,
): Promise<boolean> {
  if (!rebuild || results.some((result) => !wanted.includes(result) && mayHaveUsed(result, targetOf))) return false;
  const tasks = new Map(wanted.map(({ task }) => [task.id, task]));
  process.stderr.write(`nx-gopher: what the cache gave for these tasks is not what they made; they are run anew: `);
  process.stderr.write(`${[...tasks.keys()].sort().join(', ')}\n`);
  return rebuild(
    Array.from(tasks.values(), ({ target: { project, target, configuration }, overrides }) => ({
      ...{ project, target, configuration },
      overrides: unparsedOverrides(overrides),
    })),
  );
}

/** Whether a task ran after others, whose outputs it may have read. Archives check by themselves what they pack. */
function mayHaveUsed(result: TaskResult, targetOf: TargetOf): boolean {
  if (cameFromCache(result) || result.status === 'skipped') return false;
  const target = targetOf(result);
  if (targetFacts(target)?.archive !== undefined) return false;
  const names = (target?.dependsOn ?? []).map((one) => (typeof one === 'string' ? one : one.target));
  return names.some((name) => name !== START_TARGET);
}

/** Nx's hook: with the plugin's options, and what Nx knows of the run. */
export const verifyRestored: PostTasksExecution = async (options, { taskResults, workspaceRoot }) => {
  const [{ cacheFolder }, { cachedProjectGraph }] = await Promise.all([
    import('../nx/cache-folders.js'),
    import('../nx/project-graph.js'),
  ]);
  const folder = cacheFolder();
  const trust = trustOf(trustInForce((options as { trust?: unknown } | undefined)?.trust), () => machineKey(folder));
  const targetOf = ({ task: { target } }: TaskResult): TargetConfiguration | undefined =>
    cachedProjectGraph().nodes[target.project]?.data.targets?.[target.target];
  const rebuilds = rebuildsWrongEntries(options);
  const context: RunContext = {
    ...{ workspaceRoot, cacheFolder: folder, trust },
    ...(rebuilds ? { rebuild: (tasks) => rebuild(tasks, workspaceRoot) } : {}),
  };
  await verifyRun(Object.values(taskResults), context, targetOf);
};

/** The option `trust`; where it is wrong, which the graph says, nobody is trusted. */
function trustInForce(raw: unknown): TrustOptions | undefined {
  try {
    return parseTrust(raw);
  } catch {
    return { publicKeys: [] };
  }
}

function cameFromCache({ status }: TaskResult): boolean {
  return /^(remote-cache|local-cache)/.test(status);
}

function hasSeal({ task }: TaskResult): boolean {
  return sealAmong(task.outputs) !== undefined;
}

/** Whether a task ran in this run, and its result lies in Nx's cache on this machine. */
function isMadeHere(result: TaskResult, cacheFolder: string): boolean {
  const { hash } = result.task;
  return result.status === 'success' && hash !== undefined && hasSeal(result) && existsSync(join(cacheFolder, hash));
}

/** Whether a project's own `outputs` leave out the seal, so that nothing tells who made what came. */
function lacksSeal(result: TaskResult, trust: Trust | undefined, targetOf: TargetOf): boolean {
  return (
    trust !== undefined &&
    result.status === 'remote-cache' &&
    result.task.outputs.length > 0 &&
    (targetOf(result)?.executor?.startsWith('nx-gopher:') ?? false)
  );
}

/**
 * Whether a task packs what its project builds, and one of these builds is refused: its archive is right, and not
 * wanted.
 */
function isMadeOf(result: TaskResult, refusals: readonly Refusal[], targetOf: TargetOf): boolean {
  const { project } = result.task.target;
  const isRefused = refusals.some((refusal) => refusal.result.task.target.project === project);
  return isRefused && targetFacts(targetOf(result))?.archive !== undefined;
}

/**
 * It is the copy in Nx's cache that counts: a later task of the run may have changed the output, a signature on a
 * binary for example.
 */
async function problemOf(
  { task, status }: TaskResult,
  { workspaceRoot, cacheFolder, trust }: RunContext,
): Promise<string | undefined> {
  const entry = join(cacheFolder, task.hash ?? '');
  const isKept = task.hash !== undefined && existsSync(entry);
  const { project, target, configuration } = task.target;
  const isRemote = status === 'remote-cache';
  return entryProblem(
    isKept ? entry : workspaceRoot,
    { project, target, configuration, hash: task.hash, outputs: task.outputs, isRemote },
    trust,
    isKept ? new CheckedFiles(entry) : undefined,
  );
}

function messageOf(refusals: readonly Refusal[], archives: readonly TaskResult[]): string {
  const lines = refusals.map(({ result: { task }, problem }) => `  ${task.id} (${task.hash}): ${problem}\n`);
  const others = archives.filter(({ task }) => !refusals.some(({ result }) => result.task.id === task.id));
  const also = others.length > 0 ? `Removed with it: ${others.map(({ task }) => task.id).join(', ')}.\n` : '';
  return (
    `nx-gopher: what the cache gave for these tasks is not what they made:\n${lines.sort().join('')}${also}` +
    `It has been removed on this machine. Run the command again; if it came from a remote cache, remove the entries of these ` +
    `hashes there first, or do without it: --skip-remote-cache.\n`
  );
}

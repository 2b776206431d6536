import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { PostTasksExecution, PostTasksExecutionContext, TargetConfiguration } from '@nx/devkit';

import { isIntactBinary } from '../go/binaries/build-id.js';
import { targetFacts } from '../facts/target-facts.js';
import { cacheFolder } from '../nx/cache-folders.js';
import { cachedProjectGraph } from '../nx/project-graph.js';

type TaskResult = PostTasksExecutionContext['taskResults'][string];

/** Thrown when a cache gave what is no result of the task; the message names the tasks and the remedy. */
export class DamagedCacheError extends Error {
  override readonly name = 'DamagedCacheError';
}

/**
 * Looks at the binaries that the builds of a run took from a cache. Nx believes what a remote cache sends if it can be
 * unpacked; it checks neither that it is what was stored nor that it belongs to the task. Go's binaries hold a hash of
 * themselves.
 *
 * What is damaged is removed, from the outputs and from Nx's cache on this machine.
 *
 * @throws DamagedCacheError, which makes the run fail.
 */
export const verifyRestored: PostTasksExecution = (_options, { taskResults, workspaceRoot }) => {
  const restored = Object.values(taskResults).filter(({ status }) => /^(remote|local)-cache$/.test(status));
  const cache = cacheFolder();
  if (restored.every((result) => isComplete(result, cache))) return;
  const { nodes } = cachedProjectGraph();
  const targetOf = ({ task }: TaskResult): TargetConfiguration =>
    nodes[task.target.project]?.data.targets?.[task.target.target] ?? {};
  const damaged = restored.filter((result) => {
    const target = targetOf(result);
    return target.executor === 'nx-gopher:build' && isDamaged(result, target, cache, workspaceRoot);
  });
  for (const result of damaged) {
    const { task } = result;
    for (const binary of binariesOf(task, targetOf(result))) rmSync(join(workspaceRoot, binary), { force: true });
    if (task.hash) rmSync(join(cache, task.hash), { recursive: true, force: true });
  }
  if (damaged.length > 0) throw new DamagedCacheError(message(damaged));
};

/** Whether the local cache gave all outputs, so that the project graph, which is large, need not be read. */
function isComplete({ task, status }: TaskResult, cacheDirectory: string): boolean {
  const folder = join(cacheDirectory, task.hash ?? '');
  return status === 'local-cache' && task.outputs.every((output) => existsSync(join(folder, output)));
}

/**
 * Whether a cache gave no binary for a build, or one that is not what go linked. Exported for its spec.
 *
 * It is the copy in Nx's cache that counts: a later task of the run may have packed or signed the output.
 */
export function isDamaged(
  { task, status }: Pick<TaskResult, 'task' | 'status'>,
  target: TargetConfiguration,
  cacheDirectory: string,
  workspaceRoot: string,
): boolean {
  const expected = binariesOf(task, target);
  if (!task.hash || expected.length === 0) return false;
  const folder = join(cacheDirectory, task.hash);
  const place = existsSync(folder) ? folder : workspaceRoot;
  const binaries = expected.map((output) => join(place, output)).filter((path) => existsSync(path));
  if (binaries.length === 0) return true;
  // What lies in the local cache was looked at when it came.
  return status === 'remote-cache' && holdsItsHash(target) && !binaries.every((path) => isIntactBinary(path));
}

/** The outputs that are binaries: a project may declare directories or globs next to them, or in their place. */
function binariesOf(task: TaskResult['task'], { options, configurations }: TargetConfiguration): string[] {
  const configured = configurations?.[task.target.configuration ?? ''] as object | undefined;
  const effective = { ...(options as object), ...configured, ...(task.overrides as object) };
  const { outputPath } = effective as { outputPath?: string };
  return task.outputs.filter((output) => output === outputPath || output === `${outputPath}.exe`);
}

/** Systems whose binaries isIntactBinary is proven on. */
const PROVEN = /^(linux|windows)\//;

/** Whether go leaves the hash in the target's binaries, in a form that can be checked. */
function holdsItsHash(target: TargetConfiguration): boolean {
  const facts = targetFacts(target);
  const plain = facts?.buildConfigurations.every((key) => PROVEN.test(key) && !/ (race|msan|asan)\b/.test(key));
  const flags = JSON.stringify([target.options, target.configurations, process.env['GOFLAGS']]);
  return plain === true && !facts?.cgo && !/buildmode|buildid|linkmode|extld|toolexec/.test(flags);
}

function message(damaged: readonly TaskResult[]): string {
  const names = damaged.map(({ task }) => `  ${task.id} (${task.hash})\n`).join('');
  return (
    `nx-gopher: the cache gave what go did not build, or nothing at all, for:\n${names}` +
    `They have been removed on this machine. Remove the entries of these hashes from the remote cache and run the ` +
    `command again, or do without the remote cache: --skip-remote-cache.\n`
  );
}

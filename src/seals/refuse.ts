import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { outputFiles } from './output-files.js';
import { sealAmong } from './seal-path.js';
import type { Trust } from './trust.js';
import { entryProblem, type ExpectedEntry } from './verify-entry.js';

/** Removes what a task's outputs name from the workspace. */
export function removeOutputs(workspaceRoot: string, outputs: readonly string[]): void {
  for (const { path } of outputFiles(workspaceRoot, outputs)) rmSync(join(workspaceRoot, path), { force: true });
}

/** Removes the entry of a task from Nx's cache on this machine, so that Nx does not find it again. */
export function removeEntry(cacheFolder: string, hash: string): void {
  rmSync(join(cacheFolder, hash), { recursive: true, force: true });
}

/** Removes the entries of a task, whatever their hashes, that are not what the task has made. */
export async function removeWrongEntries(
  cacheFolder: string,
  expected: ExpectedEntry,
  trust: Trust | undefined,
): Promise<void> {
  const seal = sealAmong(expected.outputs);
  if (seal === undefined || !existsSync(cacheFolder)) return;
  for (const name of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, name);
    if (!/^\d+$/.test(name) || !outputFiles(folder, expected.outputs).length) continue;
    if (await entryProblem(folder, { ...expected, hash: name }, trust)) removeEntry(cacheFolder, name);
  }
}

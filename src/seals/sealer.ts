import { join } from 'node:path';

import { writeWhole } from '../write-whole.js';
import { digestOf } from './digests.js';
import { machineStamp } from './machine-key.js';
import { outputFiles } from './output-files.js';
import { sealBody, sealText, type SealedFile, type Stamp } from './seal.js';
import { sealAmong } from './seal-path.js';
import { signed, signingKey } from './signing-keys.js';

/** A task that has made its outputs. */
export interface FinishedTask {
  readonly id: string;
  readonly project: string;
  readonly target: string;
  readonly configuration: string | undefined;
  /** What the task declares to write, relative to the workspace's root. */
  readonly outputs: readonly string[];
}

/** What seals are made with. */
export interface SealerContext {
  readonly workspaceRoot: string;
  /** The key of this machine's cache, if it has one. */
  readonly machineKey: Buffer | undefined;
  /** The task's hash; `undefined` where it is not known, and not needed for a signature. */
  readonly hashOf: (task: FinishedTask, isSigned: boolean) => Promise<string | undefined>;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Seals what a task has made, by an output of its own: so whoever takes the task's result from a cache can tell
 * whether it is what the task made. Nothing is done for tasks whose outputs name no seal.
 *
 * @throws Error when the seal cannot be written, or not be signed though there is a key.
 */
export async function sealOutputs(task: FinishedTask, context: SealerContext): Promise<void> {
  const path = sealAmong(task.outputs);
  if (path === undefined) return;
  const { workspaceRoot, machineKey, hashOf, env } = context;
  const key = signingKey(env);
  const { project, target, configuration, outputs } = task;
  const hash = await hashOf(task, key !== undefined);
  const files: SealedFile[] = [];
  for (const file of outputFiles(workspaceRoot, outputs)) {
    if (file.path !== path) files.push({ ...file, sha256: await digestOf(join(workspaceRoot, file.path), file) });
  }
  const body = sealBody({
    version: 1,
    project,
    target,
    ...(configuration === undefined ? {} : { configuration }),
    ...(hash === undefined ? {} : { hash }),
    files,
  });
  const stamps: Stamp[] = [
    ...(key ? [{ kind: 'ed25519' as const, value: signed(body, key) }] : []),
    ...(machineKey ? [{ kind: 'machine' as const, value: machineStamp(body, machineKey) }] : []),
  ];
  await writeWhole(join(workspaceRoot, path), sealText(body, stamps), 0o644);
}

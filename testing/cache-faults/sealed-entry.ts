import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { outputFiles } from '../../src/seals/output-files.js';
import { sealPath } from '../../src/seals/seal-path.js';
import { sealOutputs } from '../../src/seals/sealer.js';

/** A task whose result lies in a cache. */
export interface CachedTask {
  readonly project: string;
  readonly target: string;
  readonly hash: string;
  /** Relative to the workspace root, the seal last. */
  readonly outputs: readonly string[];
}

/** With what the seal of an entry is made. */
export interface Keys {
  readonly signingKey?: string;
  readonly machineKey?: Buffer;
  /** Whether the seal holds the hash. */
  readonly isBound: boolean;
}

/** What a task of a spec has made: bytes and permissions by path, relative to the workspace root. */
export type Made = Readonly<Record<string, { readonly content: Buffer | string; readonly mode: number }>>;

/** The task `<project>:<target>`, which declares to write the files. */
export function cachedTask(project: string, target: string, hash: string, files: readonly string[]): CachedTask {
  return { project, target, hash, outputs: [...files, sealPath(project, target)] };
}

/** Seals what a task has made in a workspace. */
export async function seal(task: CachedTask, workspaceRoot: string, keys: Keys): Promise<void> {
  const { project, target, hash, outputs } = task;
  await sealOutputs(
    { id: `${project}:${target}`, project, target, configuration: undefined, outputs },
    {
      workspaceRoot,
      machineKey: keys.machineKey,
      hashOf: () => Promise.resolve(keys.isBound ? hash : undefined),
      env: keys.signingKey ? { NX_GOPHER_SIGNING_KEY: keys.signingKey } : {},
    },
  );
}

/** Copies the outputs of a task from one folder to another, as Nx does into and out of its cache. */
export function copyOutputs({ outputs }: CachedTask, from: string, to: string): void {
  for (const { path } of outputFiles(from, outputs)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
    chmodSync(join(to, path), lstatSync(join(from, path)).mode & 0o7777);
  }
}

/** What outputs are: by path, the permissions of the owner and a digest of the bytes; the seal is left out. */
export function stateOf({ outputs }: CachedTask, folder: string): Record<string, string> {
  const files = outputFiles(folder, outputs.slice(0, -1)).map(({ path, mode }) => [
    path,
    `${parseInt(mode, 8) & 0o700} ${createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')}`,
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** A folder for a spec, and its removal. */
export function temporary(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'nx-gopher-cache-faults-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { mustRun } from '../workspace/command.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';
import type { Workspace } from '../workspace/workspace.js';

export interface TaskHash {
  readonly hash: string;
  /** What the hash is made of: the hash of each part of the task's inputs, by the name that Nx gives it. */
  readonly parts: Readonly<Record<string, string>>;
  readonly cacheable: boolean;
  readonly outputs: readonly string[];
  /** Of a task of the plugin. */
  readonly go?: GoTarget;
}

/** What a task of the plugin asks of the go command. */
export interface GoTarget {
  readonly kind: 'build' | 'test';
  readonly options: Readonly<Record<string, unknown>>;
  /** Directories of the packages, relative to the workspace's root. */
  readonly packages: readonly string[];
}

/** What a state of a workspace means to Nx. */
export interface Measurement {
  readonly graphMilliseconds: number;
  /** Root by project name. */
  readonly projects: Readonly<Record<string, string>>;
  /** The projects that each project depends on, sorted, by its name. */
  readonly edges: Readonly<Record<string, readonly string[]>>;
  readonly tasks: Readonly<Record<string, TaskHash>>;
}

/** A measurement of a change since a commit. */
export interface ChangeMeasurement extends Measurement {
  /** The files that git calls changed, those that Nx ignores included. */
  readonly changed: readonly string[];
  /** The measured tasks that `nx affected` selects as this Nx and nx.json have it: in the one way or the other. */
  readonly selected: readonly string[];
  /** What `nx affected -t build test` selects by the tasks' inputs. */
  readonly selectedTasks: readonly string[];
  /** What `nx affected` selects by projects and edges. */
  readonly selectedProjects: readonly string[];
}

export type Settings = Readonly<Record<string, string | undefined>>;

/** The program that measures, to be run by node in a workspace. */
export const SCRIPT = fileURLToPath(new URL('in-workspace.cjs', import.meta.url));
/** Begins each line that the program answers with when it serves. */
export const ANSWER = 'measured: ';
let count = 0;

export function measure(workspace: Workspace, settings: Settings = {}): Promise<Measurement> {
  return runScript(workspace, settings, []);
}

/** Measures a workspace that was edited since its last commit. */
export function measureChange(workspace: Workspace, settings: Settings = {}): Promise<ChangeMeasurement> {
  return runScript(workspace, settings, ['HEAD']) as Promise<ChangeMeasurement>;
}

/**
 * Measures as on a machine that has never seen the workspace: with no data of an earlier graph. Nx starts a worker for
 * each of its plugins, as it does for a user.
 */
export async function measureAfresh(workspace: Workspace, settings: Settings = {}): Promise<Measurement> {
  const folder = join(temporaryFolder('data'), `${process.pid}-${count++}`);
  try {
    return await runScript(
      workspace,
      { NX_ISOLATE_PLUGINS: 'true', ...settings, NX_WORKSPACE_DATA_DIRECTORY: folder },
      [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runScript(workspace: Workspace, settings: Settings, args: readonly string[]): Promise<Measurement> {
  const output = join(temporaryFolder('measurements'), `${process.pid}-${count++}.json`);
  await mustRun(process.execPath, [SCRIPT, output, ...args], workspace.root, workspace.environment(settings));
  return JSON.parse(readFileSync(output, 'utf8')) as Measurement;
}

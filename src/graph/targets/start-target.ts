import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { kindOfTarget, TARGET_KINDS, START_TARGET } from '../../facts/target-kinds.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { InferredTarget } from './targets.js';

/** What there is in the workspace next to what this plugin infers. */
export interface Neighbours {
  readonly nxJson: NxJsonConfiguration;
  /**
   * Directories of Go projects, and those that hold a project.json or package.json; relative to the workspace's
   * root.
   */
  readonly goDirs: Iterable<string>;
  readonly configuredDirs: Iterable<string>;
  /** What the directories' own files say of Go projects. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/**
 * Whether tasks of others may run together with Go's: there is another plugin, another project, or a target of another
 * kind in a Go project.
 */
export function hasNeighbours({ nxJson, goDirs, configuredDirs, files }: Neighbours): boolean {
  const plugins = (nxJson.plugins ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.plugin));
  if (plugins.some((plugin) => plugin !== 'nx-gopher')) return true;
  const ours = new Set([...goDirs, '.']);
  if ([...configuredDirs].some((dir) => !ours.has(dir))) return true;
  const targets = [...files.values()].flatMap((file) => [...file.targets.values()]);
  return targets.some((target) => isForeign(target));
}

function isForeign(target: TargetConfiguration): boolean {
  return target.command !== undefined || (target.executor !== undefined && !target.executor.startsWith('nx-gopher:'));
}

/**
 * A target that does nothing. Every module has it, whether it is waited for or not: a project's targets are part of the
 * hashes of all tasks that read its manifest, and these are not to move when a front end joins the workspace.
 */
export const startTarget: InferredTarget = {
  name: START_TARGET,
  externalNodes: [],
  target: {
    executor: 'nx:noop',
    // Nothing is hashed for it.
    inputs: [{ externalDependencies: [] }],
    metadata: { description: 'Lets Nx start other tasks before the batch of all Go tasks' },
  },
};

/**
 * Lets a target begin a moment later than the tasks of others.
 *
 * Nx starts no other task while a batch runs, and prefers batches to other tasks; but what it has started goes on. So
 * Go's tasks wait for one that does nothing: Nx starts it with all other tasks that are ready, and the batch after it.
 * What a target waits for is in no hash.
 *
 * @param host name of the project whose start target is waited for.
 */
export function afterStart(inferred: InferredTarget, host: string): InferredTarget {
  const kind = kindOfTarget(inferred.target);
  const isCompiled = kind !== undefined && 'reads' in TARGET_KINDS[kind];
  if (!isCompiled || inferred.target.dependsOn) return inferred;
  const dependsOn = [{ target: START_TARGET, projects: [host] }];
  return { ...inferred, target: { ...inferred.target, dependsOn } };
}

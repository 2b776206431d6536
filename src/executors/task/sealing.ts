import type { ExecutorContext } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { cacheFolder } from '../../nx/cache-folders.js';
import { machineKey } from '../../seals/machine-key.js';
import { rebuild } from '../../seals/rebuild.js';
import { removeOutputs, removeWrongEntries } from '../../seals/refuse.js';
import { sealAmong } from '../../seals/seal-path.js';
import { sealOutputs, type FinishedTask } from '../../seals/sealer.js';
import { trustOf, trustOptions } from '../../seals/trust.js';
import { entryProblem } from '../../seals/verify-entry.js';
import { rebuildsWrongEntriesIn } from '../../seals/wrong-entry-option.js';
import type { RelatedTask } from './related-tasks.js';
import type { GoTask, Outcome } from './task.js';

/** Seals what the tasks of an executor's run make, and checks what they are made from. */
export class Sealing {
  #hashes: Promise<{ of(taskId: string): Promise<string> }> | undefined;

  /** @param ownHash that of the one task that runs alone; Nx tells it to no batch. */
  constructor(
    private readonly context: ExecutorContext,
    private readonly ownHash?: string,
  ) {}

  /** The outcome of a task whose result is about to be handed to Nx: failed, when what it made cannot be sealed. */
  async sealed(task: GoTask, outcome: Outcome): Promise<Outcome> {
    if (!outcome.success || sealAmong(task.outputs) === undefined) return outcome;
    try {
      await sealOutputs(task, {
        workspaceRoot: this.context.root,
        machineKey: machineKey(cacheFolder()),
        hashOf: (finished, isSigned) => this.#hashOf(finished, isSigned),
      });
      return outcome;
    } catch (error) {
      const reason = messageOf(error);
      return { ...outcome, success: false, text: `${outcome.text}What ${task.id} made cannot be sealed: ${reason}\n` };
    }
  }

  /**
   * Why what a task of this run made, or a cache gave for it, is not to be used. Then it is removed, from the
   * workspace and from Nx's cache on this machine; with the option `onWrongCacheEntry` it is built anew, and right.
   */
  async problemOf(task: RelatedTask): Promise<string | undefined> {
    const { project, target, configuration, outputs } = task;
    const { root, nxJsonConfiguration } = this.context;
    if (sealAmong(outputs) === undefined) return undefined;
    const expected = { project, target, configuration, hash: undefined, outputs };
    const trust = trustOf(trustOptions(nxJsonConfiguration), () => machineKey(cacheFolder()));
    const problem = await entryProblem(root, expected, trust);
    if (problem === undefined) return undefined;
    removeOutputs(root, outputs);
    await removeWrongEntries(cacheFolder(), expected, trust);
    if (!rebuildsWrongEntriesIn(nxJsonConfiguration)) return problem;
    process.stderr.write(`nx-gopher: ${task.id} is built anew: what the cache gave is not what it made: ${problem}\n`);
    if (!(await rebuild([task], root))) return problem;
    return entryProblem(root, expected, trust);
  }

  /**
   * What a signature needs is worth the time that hashing takes; else the hash is only written down where it is known.
   */
  async #hashOf({ id }: FinishedTask, isSigned: boolean): Promise<string | undefined> {
    const { projectGraph, taskGraph, root } = this.context;
    if (this.ownHash !== undefined || !isSigned) return this.ownHash;
    if (!projectGraph || !taskGraph) throw new Error('Nx gave no task graph to hash the task with.');
    this.#hashes ??= import('../../nx/task-hashes.js').then(({ TaskHashes }) =>
      TaskHashes.create(projectGraph, taskGraph, root),
    );
    return (await this.#hashes).of(id);
  }
}

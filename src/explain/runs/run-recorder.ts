import type { ExecutorContext } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { Git } from '../../doctor/git.js';
import type { TaskHash, TaskHashes } from '../../nx/task-hashes.js';
import { dataFolder } from '../../workspace/load.js';
import { PartRecorder } from '../parts/record-parts.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import { readRuns, writeRuns } from './run-log.js';
import { partsOf, type RunRecord, type TaskRecord } from './run-record.js';

/** How a task of the run ended. */
export interface EndedTask {
  readonly task: string;
  readonly result: { readonly success: boolean; readonly status: string; startTime: number; endTime: number };
}

/** What is recorded of a task: its hash and parts. */
interface Recorded {
  readonly hash: string;
  readonly parts: readonly RecordedPart[];
}

/**
 * Records what the tasks of a run were made from, for `nx-gopher explain`. Nx tells a batch no hashes: they are
 * computed again, while go works. A record that fails costs an explanation, never the run.
 */
export class RunRecorder {
  readonly #start = Date.now();
  readonly #ended: EndedTask[] = [];
  #begun: Promise<ReadonlyMap<string, Recorded>> | undefined;
  #commit: Promise<string> | undefined;
  #earlier: readonly RunRecord[] | undefined;
  #parts: PartRecorder | undefined;
  #hashes: Promise<TaskHashes> | undefined;

  private constructor(
    private readonly context: Required<Pick<ExecutorContext, 'projectGraph' | 'taskGraph' | 'root'>>,
    private readonly dependencies: Readonly<Record<string, readonly string[]>>,
  ) {}

  /**
   * Nothing where Nx gives no graphs to hash with.
   *
   * @param dependencies for each task of the batch the ids of those that it waits for.
   */
  static of(
    { projectGraph, taskGraph, root }: ExecutorContext,
    dependencies: Readonly<Record<string, readonly string[]>>,
  ): RunRecorder | undefined {
    return projectGraph && taskGraph && new RunRecorder({ projectGraph, taskGraph, root }, dependencies);
  }

  /** Records the tasks that wait for none of the batch: as near as possible to the moment when Nx hashed them. */
  begin(): void {
    const isInBatch = (id: string): boolean => Object.hasOwn(this.dependencies, id);
    const waiting = Object.entries(this.dependencies);
    this.#begun = this.#record(waiting.flatMap(([id, others]) => (others.some(isInBatch) ? [] : [id])));
    // Whoever awaits it hears of it; until then it is no reason for Node to end the process.
    this.#begun.catch(() => undefined);
    void this.#head();
  }

  ended(task: EndedTask): void {
    if (task.result.status !== 'skipped') this.#ended.push(task);
  }

  /** Writes the record. Does not throw. */
  async save(): Promise<void> {
    if (this.#ended.length === 0) return;
    try {
      const begun = (await this.#begun) ?? new Map<string, Recorded>();
      const others = this.#ended.flatMap(({ task }) => (begun.has(task) ? [] : [task]));
      const recorded = new Map([...begun, ...(await this.#record(others))]);
      const tasks = this.#ended.flatMap((ended) => taskRecord(ended, recorded.get(ended.task)) ?? []);
      const run = { start: this.#start, commit: await this.#head(), tasks };
      writeRuns(dataFolder(this.context.root), [...this.#runs(), run]);
    } catch (error) {
      process.stderr.write(`nx-gopher: this run cannot be explained later: ${messageOf(error)}\n`);
    }
  }

  async #record(ids: readonly string[]): Promise<ReadonlyMap<string, Recorded>> {
    if (ids.length === 0) return new Map();
    const { projectGraph, taskGraph, root } = this.context;
    this.#hashes ??= import('../../nx/task-hashes.js').then((door) =>
      door.TaskHashes.create(projectGraph, taskGraph, root),
    );
    const hashes = await (await this.#hashes).withParts(ids);
    const parts = (this.#parts ??= new PartRecorder(root, projectGraph, partsOf(this.#runs())));
    const record = async ([id, hash]: [string, TaskHash]): Promise<[string, Recorded]> => [
      id,
      { hash: hash.hash, parts: await parts.all(hash.parts) },
    ];
    return new Map(await Promise.all([...hashes].map(record)));
  }

  /** The commit that is checked out, asked for while go works. */
  #head(): Promise<string> {
    return (this.#commit ??= new Git(this.context.root).commit());
  }

  #runs(): readonly RunRecord[] {
    return (this.#earlier ??= readRuns(dataFolder(this.context.root)));
  }
}

function taskRecord({ task, result }: EndedTask, recorded: Recorded | undefined): TaskRecord | undefined {
  const { success, startTime, endTime } = result;
  return recorded && { task, success, start: startTime, end: endTime, ...recorded };
}

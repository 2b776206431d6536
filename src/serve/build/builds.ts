import { rmSync } from 'node:fs';

import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import type { GoSession } from '../../executors/task/session.js';
import type { ReadyTask } from '../../executors/task/task.js';
import { messageOf } from '../../message-of.js';
import { digestOf } from '../../seals/digests.js';
import type { FastPathOption } from '../meet/messages.js';
import { builtFile, buildMains, type BuiltMain } from './build-mains.js';
import { FastPath } from './fast-path.js';

type BuildTask = ReadyTask<BuildExecutorOptions>;

/** A program to be built. */
export interface ToBuild {
  readonly task: BuildTask;
  readonly fastPath: FastPathOption;
  /**
   * The changed files that it is made of, from the workspace's root; undefined where more than edits of files may be
   * the reason.
   */
  readonly edited: readonly string[] | undefined;
}

/** What comes of builds. */
export interface BuildTeller {
  readonly built: (built: BuiltMain) => void;
  /** Something for whoever wants to know more. */
  readonly detail: (id: string, text: string) => void;
  readonly warn: (text: string) => void;
}

/** Builds served programs: without go where only code has changed, else by go. */
export class Builds {
  readonly #fast: FastPath;
  readonly #said = new Set<string>();
  /** By task id: a number that moves with each build. */
  readonly #numbers = new Map<string, number>();
  #verifying: Promise<void> = Promise.resolve();

  constructor(
    private readonly workspaceRoot: string,
    private readonly tell: BuildTeller,
    fast = new FastPath(workspaceRoot),
  ) {
    this.#fast = fast;
  }

  async build(all: readonly ToBuild[], session: GoSession): Promise<void> {
    const byId = new Map(all.map((one) => [one.task.id, one]));
    for (const id of byId.keys()) this.#numbers.set(id, (this.#numbers.get(id) ?? 0) + 1);
    const left = all.filter(({ fastPath }) => fastPath === false).map(({ task }) => task);
    const started = Date.now();
    await this.#fast.build(
      all.filter(({ fastPath }) => fastPath !== false).map(({ task }) => task),
      ({ id }) => byId.get(id)?.edited,
      ({ task, needsGo }) => {
        this.tell.detail(
          task.id,
          needsGo === undefined ? `built without go in ${Date.now() - started} ms` : `go builds it: ${needsGo}`,
        );
        if (needsGo !== undefined) return void left.push(task);
        this.tell.built({ id: task.id, success: true, text: '' });
        if (byId.get(task.id)?.fastPath === 'verify') this.#verify(task, session);
      },
    );
    const good: BuildTask[] = [];
    for await (const built of left.length > 0 ? buildMains(left, session) : []) {
      this.tell.built(built);
      const { task, fastPath } = byId.get(built.id) ?? {};
      if (!task || !built.success || fastPath === false) continue;
      // What is recorded of it still would be used, had it been any good.
      this.#fast.distrust(task.id);
      good.push(task);
    }
    void this.#record(good, session);
  }

  close(): void {
    this.#fast.close();
  }

  async #record(tasks: readonly BuildTask[], session: GoSession): Promise<void> {
    const problems = await this.#fast
      .record(tasks, session)
      .catch((error: unknown) => new Map([['', messageOf(error)]]));
    for (const [id, problem] of problems) {
      const text =
        problem === '' ? 'it is recorded how go builds it' : `it is not recorded how go builds it: ${problem}`;
      if (!this.#said.has(id + text)) this.tell.detail(id, text);
      this.#said.add(id + text);
    }
  }

  /** Checks in the background, one after the other, that go makes the same bytes. */
  #verify(task: BuildTask, session: GoSession): void {
    const number = this.#numbers.get(task.id);
    const made = digestOf(builtFile(task, this.workspaceRoot), { mode: '755' });
    this.#verifying = this.#verifying
      .then(async () => this.#compare(task, session, await made, () => this.#numbers.get(task.id) === number))
      .catch((error: unknown) => this.tell.detail(task.id, messageOf(error)));
  }

  async #compare(task: BuildTask, session: GoSession, made: string, isCurrent: () => boolean): Promise<void> {
    const outputPath = `${task.options.outputPath ?? ''}.verified`;
    const again = { ...task, options: { ...task.options, outputPath } };
    const file = builtFile(again, this.workspaceRoot);
    try {
      // What is saved meanwhile may be in what go makes.
      if (!isCurrent()) return;
      for await (const { success } of buildMains([again], session)) if (!success) return;
      if (!isCurrent() || !this.#fast.isCurrent(task)) return;
      if ((await digestOf(file, { mode: '755' })) === made) return this.tell.detail(task.id, 'go makes the same bytes');
      this.#fast.turnOff('it made other bytes than go');
      this.tell.warn(
        `${task.id}: what was built without go differs from what go builds. From now on go builds everything. ` +
          'Please report this to nx-gopher.',
      );
      // Go would take it for what it makes itself: it bears the same id.
      rmSync(builtFile(task, this.workspaceRoot), { force: true });
      for await (const built of buildMains([task], session)) this.tell.built(built);
    } finally {
      rmSync(file, { force: true });
    }
  }
}

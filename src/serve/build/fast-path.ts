import { realpathSync } from 'node:fs';
import { join } from 'node:path';

import { groupTasks } from '../../executors/batch/group-tasks.js';
import { flaggedTask } from '../../executors/build/build-tasks.js';
import { outputPath } from '../../executors/build/output-path.js';
import { rounds } from '../../executors/build/rounds.js';
import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import { stagingFolder } from '../../executors/output/staging.js';
import type { GoSession } from '../../executors/task/session.js';
import type { ReadyTask } from '../../executors/task/task.js';
import { executableName } from '../../go/binaries/executable-name.js';
import { messageOf } from '../../message-of.js';
import { FastBuild } from './fast/fast-build.js';
import { record } from './fast/record.js';

type BuildTask = ReadyTask<BuildExecutorOptions>;

/** Whether a program was built without go, or why not. */
export interface FastResult {
  readonly task: BuildTask;
  /** Undefined where the program is there. */
  readonly needsGo?: string;
}

/** Recordings of a program that may turn out to be of no use, until no more are made. */
const MOST = 3;

/** A recording on its way. */
interface UnderWay {
  /** What has changed meanwhile of what a program is made of, absolute. */
  readonly changed: string[];
  isVoid: boolean;
}

/**
 * Builds programs after edits that alter code and nothing else, by the commands that go was seen to run: to load the
 * packages takes go more time than to compile one.
 */
export class FastPath {
  /** By the id of a program's task. */
  readonly #builds = new Map<string, FastBuild>();
  readonly #underWay = new Map<string, UnderWay>();
  /** By task id: how many times in a row go alone could build a program that was recorded. */
  readonly #failures = new Map<string, number>();
  readonly #root: string;
  /** Why it is off. */
  #off: string | undefined;

  constructor(private readonly workspaceRoot: string) {
    this.#root = realpathSync.native(workspaceRoot);
  }

  /** Uses it no more. */
  turnOff(why: string): void {
    this.#off = why;
    for (const id of [...this.#builds.keys()]) this.forget(id);
  }

  /** Forgets what was recorded of a program. */
  forget(id: string): void {
    const build = this.#builds.get(id);
    this.#builds.delete(id);
    if (build && ![...this.#builds.values()].includes(build)) build.dispose();
    const underWay = this.#underWay.get(id);
    if (underWay) underWay.isVoid = true;
  }

  /** Whether a program is built from its files as they are now. */
  isCurrent(task: BuildTask): boolean {
    return this.#builds.get(task.id)?.isCurrent(importPathOf(task)) ?? false;
  }

  /** Go has built a program that could not be built from what was recorded: that is of no use. */
  distrust(id: string): void {
    if (!this.#builds.has(id)) return;
    this.forget(id);
    this.#failures.set(id, (this.#failures.get(id) ?? 0) + 1);
  }

  close(): void {
    this.turnOff('it is closed');
  }

  /**
   * Builds those of the programs that can be built without go.
   *
   * @param edited the changed files that a program is made of, from the workspace's root; undefined where more than
   * edits of files may be the reason.
   */
  async build(
    tasks: readonly BuildTask[],
    edited: (task: BuildTask) => readonly string[] | undefined,
    onEnd: (result: FastResult) => void,
  ): Promise<void> {
    const byBuild = new Map<FastBuild, BuildTask[]>();
    for (const task of tasks) {
      const build = this.#usable(
        task,
        edited(task)?.map((path) => join(this.#root, path)),
      );
      if (typeof build === 'string') onEnd({ task, needsGo: build });
      else byBuild.set(build, [...(byBuild.get(build) ?? []), task]);
    }
    await Promise.all(
      [...byBuild].map(([build, own]) => {
        const byPath = new Map(own.map((task) => [importPathOf(task), task]));
        return build.build([...byPath.keys()], ({ importPath, needsGo }) => {
          const task = byPath.get(importPath);
          if (!task) return;
          if (needsGo === undefined) this.#failures.delete(task.id);
          onEnd({ task, ...(needsGo === undefined ? {} : { needsGo }) });
        });
      }),
    );
  }

  /**
   * Records how go builds programs that it has just built.
   *
   * @returns by task id: why that cannot be done, nothing where it is done.
   */
  async record(tasks: readonly BuildTask[], session: GoSession): Promise<Map<string, string>> {
    const isFresh = ({ id }: BuildTask): boolean => !this.#builds.has(id) && !this.#underWay.has(id);
    const fresh = tasks.filter((task) => isFresh(task) && (this.#failures.get(task.id) ?? 0) < MOST);
    if (this.#off !== undefined || fresh.length === 0) return new Map();
    const underWay = new Map(fresh.map(({ id }) => [id, { changed: [], isVoid: false }]));
    for (const [id, one] of underWay) this.#underWay.set(id, one);
    const problems = new Map<string, string>();
    try {
      const groups = groupTasks(await Promise.all(fresh.map((task) => flaggedTask(task, session))));
      for (const { cwd, env, flags, tasks: all } of groups) {
        for (const round of rounds(all, (task) => executableName(importPathOf(task)))) {
          const mains = round.map((task) => this.#builtMain(task));
          const request = { go: await session.go(), cwd, env, flags, mains };
          await this.#recordRound(round, request, underWay, problems);
        }
      }
    } finally {
      for (const [id, one] of underWay) if (this.#underWay.get(id) === one) this.#underWay.delete(id);
    }
    return problems;
  }

  async #recordRound(
    round: readonly BuildTask[],
    request: Parameters<typeof record>[0],
    underWay: ReadonlyMap<string, UnderWay>,
    problems: Map<string, string>,
  ): Promise<void> {
    try {
      const recording = await record(request);
      if (this.#off !== undefined) return;
      const build = new FastBuild(recording, request.go, stagingFolder(this.workspaceRoot));
      const good = round.filter((task) => {
        const problem = recording.refused.get(importPathOf(task));
        if (problem !== undefined) problems.set(task.id, problem);
        const { isVoid = true, changed = [] } = underWay.get(task.id) ?? {};
        return problem === undefined && !isVoid && build.knows(changed);
      });
      for (const { id } of good) {
        this.#builds.set(id, build);
        problems.set(id, '');
      }
      if (good.length === 0) build.dispose();
    } catch (error) {
      for (const { id } of round) problems.set(id, messageOf(error));
    }
  }

  /** What can build a program now; why nothing can. */
  #usable(task: BuildTask, edited: readonly string[] | undefined): FastBuild | string {
    const { id } = task;
    if (this.#off !== undefined) return this.#off;
    const build = this.#builds.get(id);
    if (!build) {
      const underWay = this.#underWay.get(id);
      if (edited) underWay?.changed.push(...edited);
      else if (underWay) underWay.isVoid = true;
      return 'nothing is recorded of it yet';
    }
    const problem = edited && build.knows(edited) ? build.look([importPathOf(task)]) : 'more than code has changed';
    if (problem === undefined) return build;
    this.forget(id);
    return problem;
  }

  #builtMain(task: BuildTask) {
    const { importPath = '', pattern = '' } = task.packages[0] ?? {};
    return { importPath, pattern, output: outputPath(task, this.workspaceRoot) };
  }
}

function importPathOf(task: BuildTask): string {
  return task.packages[0]?.importPath ?? '';
}

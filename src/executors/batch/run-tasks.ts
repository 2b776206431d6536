import { TARGET_KIND_NAMES, type TargetKind } from '../../facts/target-kinds.js';
import { messageOf } from '../../message-of.js';
import type { GoSession } from '../task/session.js';
import type { GoTargetOptions, GoTask, Outcome, ReadyTask, Report } from '../task/task.js';
import { ActivityTeller, type Progress } from './activity.js';
import { Jobs, type Job } from './jobs.js';
import { sealed, skippedEnd, taskEnd, withConsequence, type TaskEnd } from './task-end.js';

/** Finds what a task needs to run, or throws an error with a message for the user. */
export type PrepareTask<Options extends GoTargetOptions, Ready extends GoTask<Options> = ReadyTask<Options>> = (
  task: GoTask<Options>,
  session: GoSession,
) => Promise<Ready>;

/** Plans the work on tasks that may run and wait for none of each other; it reports each task as it ends. */
export type PlanTasks<Options extends GoTargetOptions, Ready extends GoTask<Options> = ReadyTask<Options>> = (
  tasks: readonly Ready[],
  session: GoSession,
  report: Report,
) => Promise<readonly Job[]>;

/** What an executor does: how a task is checked before it runs, and how tasks run. */
export interface TaskKind<Options extends GoTargetOptions, Ready extends GoTask<Options>> {
  readonly prepare: PrepareTask<Options, Ready>;
  readonly plan: PlanTasks<Options, Ready>;
}

const NO_RESULT = 'go ended without a result for this task. Please report this to nx-gopher.';

/** A kind whose tasks only its own functions look into. */
export type AnyTaskKind = TaskKind<GoTargetOptions, GoTask>;

/** What the tasks of a batch need. */
export interface BatchContext {
  readonly session: GoSession;
  /** Task ids by task id; ids of tasks that are not in the batch are taken as done. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly kindOf: (kind: TargetKind) => Promise<AnyTaskKind>;
}

/**
 * Runs tasks of all kinds, each as soon as what it depends on has ended, and yields each result as it comes.
 *
 * Every task gets exactly one result: a task that a job forgets or that an exception takes down has failed, and says
 * so; one whose dependency failed is skipped. With Nx's `--nxBail` nothing starts after a failure.
 */
export async function* runTasks(
  tasks: readonly GoTask[],
  context: BatchContext,
): AsyncGenerator<TaskEnd, void, undefined> {
  const queue: TaskEnd[] = [];
  let wake: () => void = () => undefined;
  const run = new BatchRun(tasks, context, (end) => {
    if (end) queue.push(end);
    wake();
  });
  const progress = (): Progress => ({ done: run.done, total: tasks.length });
  const teller = new ActivityTeller(context.session.activity, progress, (line) => process.stderr.write(line));
  try {
    run.start();
    for (;;) {
      const end = queue.shift();
      if (end) teller.heard();
      if (end) yield end;
      else if (run.hasEnded) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    teller.stop();
  }
}

/** A batch on its way. */
class BatchRun {
  readonly #context: BatchContext;
  /** Tells of a result, or without one that something has changed. */
  readonly #tell: (end?: TaskEnd) => void;
  readonly #pending: Map<string, GoTask>;
  /** Tasks that were started and have not ended. */
  readonly #open = new Map<string, GoTask>();
  readonly #started = new Map<string, number>();
  readonly #reported = new Set<string>();
  #ending: Promise<void> = Promise.resolve();
  readonly #succeeded = new Map<string, boolean>();
  readonly #jobs: Jobs;
  #planning = 0;
  #isDue = false;
  /** Whether nothing new may start. */
  #hasBailed = false;

  constructor(tasks: readonly GoTask[], context: BatchContext, tell: (end?: TaskEnd) => void) {
    this.#context = context;
    this.#tell = tell;
    this.#pending = new Map(tasks.map((task) => [task.id, task]));
    this.#jobs = new Jobs(() => this.#later(), context.session.run.parallel);
  }

  get hasEnded(): boolean {
    const isStarted = this.#pending.size > 0 || this.#open.size > 0 || this.#planning > 0;
    return !isStarted && this.#jobs.isIdle && !this.#isDue;
  }

  /** How many tasks have ended, or will not run. */
  get done(): number {
    return this.#succeeded.size;
  }

  /** Starts all that is ready and finds room, what is of one kind together. */
  start(): void {
    this.#skip();
    let ready = this.#take((id) => this.#waitsFor(id).every((other) => !this.#isUnfinished(other)));
    // A cycle is none of Nx's task graphs; were it one, running is better than waiting for ever.
    if (ready.length === 0 && this.#open.size === 0 && this.#planning === 0 && this.#jobs.isIdle)
      ready = this.#take(() => true);
    const kinds = TARGET_KIND_NAMES.map((kind) => ready.filter(({ executor }) => executor === kind));
    const started = kinds.filter((ofKind) => ofKind.length > 0);
    if (started.length > 0) void this.#run(started);
    this.#tell();
  }

  /** What ends together frees its dependants together. */
  #later(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.start();
    });
  }

  /** Plans kinds side by side; their jobs start when all are planned, so that they keep the order of the table. */
  async #run(kinds: readonly (readonly GoTask[])[]): Promise<void> {
    this.#planning++;
    for (const task of kinds.flat()) this.#open.set(task.id, task);
    const plans = await Promise.all(kinds.map((tasks) => this.#plan(tasks)));
    for (const { kind, jobs } of plans) this.#jobs.add(kind, jobs);
    this.#planning--;
    if (this.#hasBailed) this.#leaveRestOut();
    this.#jobs.start();
    this.#later();
  }

  async #plan(tasks: readonly GoTask[]): Promise<{ kind: TargetKind; jobs: Job[] }> {
    const { session, kindOf } = this.#context;
    const kind = tasks[0]?.executor ?? 'build';
    const report: Report = (id, outcome) => this.#report(id, outcome);
    const fail = (left: Job['tasks'], reason: string): void => {
      for (const { id } of left) report(id, { success: false, text: `${reason.trimEnd()}\n` });
    };
    const guarded = (job: Job): Job => ({ ...job, run: (compiled) => this.#runJob(job, compiled, fail) });
    try {
      const { prepare, plan } = await kindOf(kind);
      const prepared = await Promise.allSettled(tasks.map((task) => prepare(task, session)));
      const ready = prepared.flatMap((outcome, index): GoTask[] => {
        if (outcome.status === 'fulfilled') return [outcome.value];
        fail(tasks.slice(index, index + 1), messageOf(outcome.reason));
        return [];
      });
      const jobs = ready.length > 0 ? await plan(ready, session, report) : [];
      const inJobs = new Set(jobs.flatMap((job) => job.tasks.map(({ id }) => id)));
      fail(
        ready.filter(({ id }) => !inJobs.has(id)),
        NO_RESULT,
      );
      return { kind, jobs: jobs.map(guarded) };
    } catch (error) {
      fail(tasks, messageOf(error));
      return { kind, jobs: [] };
    }
  }

  async #runJob(
    { tasks, run }: Job,
    compiled: () => void,
    fail: (left: Job['tasks'], reason: string) => void,
  ): Promise<void> {
    const startTime = Date.now();
    for (const { id } of tasks) this.#started.set(id, startTime);
    const reason = await run(compiled).then(
      () => NO_RESULT,
      (error: unknown) => messageOf(error),
    );
    fail(tasks, reason);
  }

  /** Tasks end one after the other, each when its outputs are sealed: nothing is made of them before. */
  #report(id: string, outcome: Outcome): void {
    const task = this.#open.get(id);
    if (!task || this.#reported.has(id)) return;
    this.#reported.add(id);
    if (!outcome.success) this.#failed();
    this.#ending = this.#ending.then(() => this.#end(task, outcome));
  }

  async #end(task: GoTask, reported: Outcome): Promise<void> {
    const started = reported.startTime ?? this.#started.get(task.id) ?? Date.now();
    const outcome = await sealed(task, reported, this.#context.session);
    this.#open.delete(task.id);
    this.#succeeded.set(task.id, outcome.success);
    this.#tell(taskEnd(task.id, withConsequence(task, outcome), started));
    if (!outcome.success) this.#failed();
    this.#later();
  }

  /** With `--nxBail` nothing starts any more; what runs goes on, as in Nx. */
  #failed(): void {
    if (!this.#context.session.run.bail) return;
    this.#hasBailed = true;
    this.#leaveRestOut();
  }

  #leaveRestOut(): void {
    const dropped = this.#jobs.drop().flatMap(({ tasks }) => tasks.filter(({ id }) => !this.#reported.has(id)));
    for (const { id } of [...dropped, ...this.#pending.values()]) {
      this.#open.delete(id);
      this.#reported.add(id);
      this.#leaveOut(id);
    }
  }

  #leaveOut(id: string): void {
    this.#pending.delete(id);
    this.#succeeded.set(id, false);
    this.#tell(skippedEnd(id));
  }

  #skip(): void {
    const isFailed = (id: string): boolean => this.#succeeded.get(id) === false;
    for (;;) {
      const skipped = [...this.#pending.keys()].filter((id) => this.#waitsFor(id).some(isFailed));
      if (skipped.length === 0) return;
      for (const id of skipped) this.#leaveOut(id);
    }
  }

  #take(filter: (id: string) => boolean): GoTask[] {
    const taken = [...this.#pending.values()].filter(({ id, executor }) => filter(id) && this.#jobs.hasRoom(executor));
    for (const { id } of taken) this.#pending.delete(id);
    return taken;
  }

  #isUnfinished(id: string): boolean {
    return this.#pending.has(id) || this.#open.has(id);
  }

  #waitsFor(id: string): readonly string[] {
    return this.#context.dependencies[id] ?? [];
  }
}

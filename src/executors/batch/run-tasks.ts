import type { GoSession } from '../task/session.js';
import type { GoTargetOptions, GoTask, Outcome, ReadyTask, Report } from '../task/task.js';

/** Finds what a task needs to run, or throws an error with a message for the user. */
export type PrepareTask<Options extends GoTargetOptions, Ready extends GoTask<Options> = ReadyTask<Options>> = (
  task: GoTask<Options>,
  session: GoSession,
) => Promise<Ready>;

/** Runs tasks that may run and have no dependencies among each other; reports each as it ends. */
export type TaskRunner<Options extends GoTargetOptions, Ready extends GoTask<Options> = ReadyTask<Options>> = (
  tasks: readonly Ready[],
  session: GoSession,
  report: Report,
) => Promise<void>;

/** What an executor does: how a task is checked before it runs, and how tasks run. */
export interface TaskKind<Options extends GoTargetOptions, Ready extends GoTask<Options>> {
  readonly prepare: PrepareTask<Options, Ready>;
  readonly run: TaskRunner<Options, Ready>;
}

/** The result of a task as Nx takes it from a batch executor. */
export interface TaskEnd {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly status: 'success' | 'failure' | 'skipped';
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/**
 * Runs tasks, those that depend on others of them after those, and yields each result as it comes.
 *
 * Every task gets exactly one result: a task that the runner forgets or that an exception takes down has failed, and
 * says so; one whose dependency failed is skipped.
 *
 * @param dependencies task ids by task id; ids of tasks that are not given are taken as done.
 */
export async function* runTasks<Options extends GoTargetOptions, Ready extends GoTask<Options>>(
  tasks: readonly GoTask<Options>[],
  dependencies: Readonly<Record<string, readonly string[]>>,
  session: GoSession,
  kind: TaskKind<Options, Ready>,
): AsyncGenerator<TaskEnd, void, undefined> {
  const pending = new Map(tasks.map((task) => [task.id, task]));
  const ended = new Map<string, boolean>();
  while (pending.size > 0) {
    const skipped = take(pending, (id) => waitsFor(dependencies, id).some((other) => ended.get(other) === false));
    for (const task of skipped) {
      ended.set(task.id, false);
      yield skippedEnd(task.id);
    }
    // Others may wait for what was just skipped.
    if (skipped.length > 0) continue;
    let wave = take(pending, (id) => waitsFor(dependencies, id).every((other) => !pending.has(other)));
    // A cycle is none of Nx's task graphs; were it one, running is better than waiting for ever.
    if (wave.length === 0) wave = take(pending, () => true);
    for await (const end of runWave(wave, session, kind)) {
      ended.set(end.task, end.result.success);
      yield end;
    }
  }
}

async function* runWave<Options extends GoTargetOptions, Ready extends GoTask<Options>>(
  wave: readonly GoTask<Options>[],
  session: GoSession,
  kind: TaskKind<Options, Ready>,
): AsyncGenerator<TaskEnd, void, undefined> {
  const startTime = Date.now();
  const open = new Map(wave.map((task) => [task.id, task]));
  const queue: [GoTask<Options>, Outcome][] = [];
  let wake: () => void = () => undefined;
  const report: Report = (id, outcome) => {
    const task = open.get(id);
    if (!task || !open.delete(id)) return;
    queue.push([task, outcome]);
    wake();
  };
  let running = true;
  void prepareAndRun(wave, session, report, kind)
    .then(() => 'go ended without a result for this task. Please report this to nx-gopher.')
    .catch((error: unknown) => messageOf(error))
    .then((reason) => {
      for (const id of open.keys()) report(id, { success: false, text: `${reason}\n` });
      running = false;
      wake();
    });
  while (running || queue.length > 0) {
    const next = queue.shift();
    if (next) yield await taskEnd(...next, session, startTime);
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

async function prepareAndRun<Options extends GoTargetOptions, Ready extends GoTask<Options>>(
  wave: readonly GoTask<Options>[],
  session: GoSession,
  report: Report,
  { prepare, run }: TaskKind<Options, Ready>,
): Promise<void> {
  const ready: Ready[] = [];
  const prepared = await Promise.allSettled(wave.map((task) => prepare(task, session)));
  for (const [index, outcome] of prepared.entries()) {
    if (outcome.status === 'fulfilled') ready.push(outcome.value);
    else report(wave[index]?.id ?? '', { success: false, text: `${messageOf(outcome.reason).trimEnd()}\n` });
  }
  if (ready.length > 0) await run(ready, session, report);
}

/** Nx only lists what it does not run; which failure it was that stopped a package, is said where it happened. */
function withConsequence({ id, archivesAfter }: GoTask, outcome: Outcome): Outcome {
  if (outcome.success || archivesAfter.length === 0) return outcome;
  return {
    ...outcome,
    text: `${outcome.text}\n${id} failed, so these are not packaged: ${archivesAfter.join(', ')}\n`,
  };
}

function waitsFor(dependencies: Readonly<Record<string, readonly string[]>>, id: string): readonly string[] {
  return dependencies[id] ?? [];
}

function take<T>(pending: Map<string, T>, filter: (id: string) => boolean): T[] {
  const taken = [...pending].filter(([id]) => filter(id));
  for (const [id] of taken) pending.delete(id);
  return taken.map(([, task]) => task);
}

/** What a task made is sealed before anybody hears of it: nothing is made of it earlier, and Nx caches it later. */
async function taskEnd(task: GoTask, reported: Outcome, session: GoSession, startTime: number): Promise<TaskEnd> {
  const outcome = withConsequence(task, (await session.sealing?.sealed(task, reported)) ?? reported);
  return {
    task: task.id,
    result: {
      success: outcome.success,
      status: outcome.success ? 'success' : 'failure',
      terminalOutput: outcome.text,
      startTime: outcome.startTime ?? startTime,
      endTime: Date.now(),
    },
  };
}

function skippedEnd(task: string): TaskEnd {
  const now = Date.now();
  return { task, result: { success: false, status: 'skipped', terminalOutput: '', startTime: now, endTime: now } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

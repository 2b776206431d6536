import type { GoSession } from '../session.js';
import type { GoTargetOptions, GoTask, Outcome, ReadyTask, Report } from '../task.js';
import { prepareTask } from '../prepare-task.js';
import { outgrownTasks } from './outgrown-tasks.js';

/** Runs tasks that may run and have no dependencies among each other; reports each as it ends. */
export type TaskRunner<Options extends GoTargetOptions> = (
  tasks: readonly ReadyTask<Options>[],
  session: GoSession,
  report: Report,
) => Promise<void>;

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
export async function* runTasks<Options extends GoTargetOptions>(
  tasks: readonly GoTask<Options>[],
  dependencies: Readonly<Record<string, readonly string[]>>,
  session: GoSession,
  run: TaskRunner<Options>,
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
    for await (const end of runWave(wave, session, run)) {
      ended.set(end.task, end.result.success);
      yield end;
    }
  }
}

async function* runWave<Options extends GoTargetOptions>(
  wave: readonly GoTask<Options>[],
  session: GoSession,
  run: TaskRunner<Options>,
): AsyncGenerator<TaskEnd, void, undefined> {
  const startTime = Date.now();
  const open = new Set(wave.map((task) => task.id));
  const queue: TaskEnd[] = [];
  let wake: () => void = () => undefined;
  const report: Report = (id, outcome) => {
    if (!open.delete(id)) return;
    queue.push(taskEnd(id, outcome, startTime));
    wake();
  };
  let running = true;
  void prepareAndRun(wave, session, run, report)
    .then(() => 'go ended without a result for this task. Please report this to nx-gopher.')
    .catch((error: unknown) => messageOf(error))
    .then((reason) => {
      for (const id of open) report(id, { success: false, text: `${reason}\n` });
      running = false;
      wake();
    });
  while (running || queue.length > 0) {
    const end = queue.shift();
    if (end) yield end;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

async function prepareAndRun<Options extends GoTargetOptions>(
  wave: readonly GoTask<Options>[],
  session: GoSession,
  run: TaskRunner<Options>,
  report: Report,
): Promise<void> {
  const ready: ReadyTask<Options>[] = [];
  const prepared = await Promise.allSettled(wave.map((task) => prepareTask(task, session)));
  for (const [index, outcome] of prepared.entries()) {
    if (outcome.status === 'fulfilled') ready.push(outcome.value);
    else report(wave[index]?.id ?? '', { success: false, text: `${messageOf(outcome.reason).trimEnd()}\n` });
  }
  const outgrown = await outgrownTasks(ready, session);
  for (const [id, text] of outgrown) report(id, { success: false, text });
  const rest = ready.filter((task) => !outgrown.has(task.id));
  if (rest.length > 0) await run(rest, session, report);
}

function waitsFor(dependencies: Readonly<Record<string, readonly string[]>>, id: string): readonly string[] {
  return dependencies[id] ?? [];
}

function take<T>(pending: Map<string, T>, filter: (id: string) => boolean): T[] {
  const taken = [...pending].filter(([id]) => filter(id));
  for (const [id] of taken) pending.delete(id);
  return taken.map(([, task]) => task);
}

function taskEnd(task: string, outcome: Outcome, startTime: number): TaskEnd {
  return {
    task,
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

import type { NxJsonConfiguration } from '@nx/devkit';

import { affectedTasks } from '../nx/affected-tasks.js';
import type { FileCause } from './causes/cause.js';
import { ChangesSince, mergeBase } from './causes/changes-since.js';
import type { ExplainContext } from './explain-task.js';
import { isInParts } from './explain-file.js';
import type { TaskRecord } from './runs/run-record.js';
import { taskName, type TaskName } from './workspace-tasks.js';

/** Why `nx affected` selects a task. */
export interface AffectedTask {
  readonly task: string;
  readonly hash: string;
  /** The changed files that its hash holds. */
  readonly files: readonly FileCause[];
  /**
   * Where no such file is: changed files that Nx takes for the task's configuration. They are manifests and project
   * files, of which the hash holds what counts for the task.
   */
  readonly configuration: readonly string[];
  /** Whether its hash is that of its last recorded run, so that it is a cache hit where the result is kept. */
  readonly sameHash: boolean;
  /** What it took when it ran last; nothing where no run is recorded. */
  readonly milliseconds?: number;
}

/** The tasks that `nx affected` selects since a base, and why. */
export interface Affected {
  /** As it was asked for. */
  readonly base: string;
  /** The files that changed since HEAD left the base, those of the working tree too. */
  readonly changed: readonly string[];
  readonly tasks: readonly AffectedTask[];
}

/**
 * Explains the Go tasks that `nx affected` selects.
 *
 * @param targets names of targets; all that are Go's by default.
 */
export async function explainAffected(
  context: ExplainContext,
  nxJson: NxJsonConfiguration,
  base: string,
  targets?: readonly string[],
): Promise<Affected> {
  const { tasks } = context;
  const all = tasks.all();
  const names = targets ?? [...new Set(all.map(({ target }) => target))];
  const from = await mergeBase(tasks.root, base);
  const selected = await affectedTasks(tasks.graph, nxJson, names, from);
  const found = selected.tasks.flatMap((id) => {
    const name = taskName(id, tasks.graph);
    return name && tasks.goTargets(name.project).has(name.target) ? [name] : [];
  });
  const hashes = await tasks.hashes(found);
  // Later runs replace earlier ones.
  const changes = await ChangesSince.read(tasks.root, from);
  const last = new Map(context.runs.flatMap((run) => run.tasks.map((record) => [record.task, record] as const)));
  const explained = await Promise.all(
    [...hashes].map(([id, { hash, parts }]) =>
      one(id, { hash, parts: Object.keys(parts), last: last.get(id) }, { changes, paths: selected.files }, context),
    ),
  );
  return { base, changed: selected.files, tasks: explained.sort((a, b) => (a.task < b.task ? -1 : 1)) };
}

async function one(
  id: string,
  { hash, parts, last }: { hash: string; parts: readonly string[]; last: TaskRecord | undefined },
  changed: { readonly changes: ChangesSince; readonly paths: readonly string[] },
  { tasks, packages }: ExplainContext,
): Promise<AffectedTask> {
  const name = taskName(id, tasks.graph) as TaskName;
  const ways = await packages.of(name, tasks.graph);
  const files = changed.paths
    .filter((path) => isInParts(path, parts))
    .map((path): FileCause => {
      const chain = ways?.chainTo(path);
      return { kind: 'file', path, change: changed.changes.of(path), ...(chain ? { chain } : {}) };
    });
  return {
    task: id,
    hash,
    files,
    configuration: files.length > 0 ? [] : changed.paths.filter(isConfiguration),
    sameHash: last?.hash === hash && last.success,
    ...(last ? { milliseconds: last.end - last.start } : {}),
  };
}

/** Files of which Nx takes each change for one of all targets of their project. */
function isConfiguration(path: string): boolean {
  return /(^|\/)(go\.(mod|sum|work|work\.sum)|modules\.txt|project\.json|package\.json|nx\.json)$/.test(path);
}

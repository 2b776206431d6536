import type { ExecutorContext, Task, TaskGraph } from '@nx/devkit';

import { unparsedOverrides } from '../../seals/rebuild.js';
import { kindOfTarget } from '../../facts/target-kinds.js';

/** Another task of the same run. */
export interface RelatedTask {
  readonly id: string;
  readonly project: string;
  readonly target: string;
  readonly configuration: string | undefined;
  /** Files that it writes, relative to the workspace root. */
  readonly outputs: readonly string[];
  /** What the command line gave it. */
  readonly overrides: readonly string[];
}

/** How the tasks of a run hang together, as far as executors need it. */
export interface RunTasks {
  /** The tasks that one waits for. */
  dependenciesOf(taskId: string): readonly RelatedTask[];
  /** The ids of the package tasks that wait for one, and so do not run when it fails. */
  archivesAfter(taskId: string): readonly string[];
}

const known = new WeakMap<TaskGraph, RunTasks>();

/** Reads the run's task graph, once for all tasks of a batch. */
export function runTasksOf({ taskGraph, projectGraph }: ExecutorContext): RunTasks {
  if (!taskGraph) return { dependenciesOf: () => [], archivesAfter: () => [] };
  const runTasks = known.get(taskGraph) ?? readTaskGraph(taskGraph, projectGraph);
  known.set(taskGraph, runTasks);
  return runTasks;
}

function readTaskGraph(taskGraph: TaskGraph, projectGraph: ExecutorContext['projectGraph']): RunTasks {
  const dependencies = dependencyIds(taskGraph);
  const archives = new Map<string, string[]>();
  for (const [id, others] of Object.entries(dependencies)) {
    const { project = '', target = '' } = taskGraph.tasks[id]?.target ?? {};
    if (kindOfTarget(projectGraph?.nodes[project]?.data.targets?.[target]) !== 'package') continue;
    for (const other of others) archives.set(other, [...(archives.get(other) ?? []), id]);
  }
  return {
    dependenciesOf: (taskId) =>
      (dependencies[taskId] ?? []).flatMap((id) => (taskGraph.tasks[id] ? relatedTask(taskGraph.tasks[id]) : [])),
    archivesAfter: (taskId) => archives.get(taskId) ?? [],
  };
}

/** The ids of the tasks that each task waits for: Nx 23 names them by id, Nx 24 by an edge that holds the id. */
export function dependencyIds({ dependencies }: TaskGraph): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([id, others]) => [
      id,
      (others as readonly (string | { readonly id: string })[]).map((edge) =>
        typeof edge === 'string' ? edge : edge.id,
      ),
    ]),
  );
}

function relatedTask({ id, target, outputs, overrides }: Task): RelatedTask {
  return {
    id,
    project: target.project,
    target: target.target,
    configuration: target.configuration,
    outputs,
    overrides: unparsedOverrides(overrides),
  };
}

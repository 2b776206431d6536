import type { ProjectGraph, TaskGraph } from '@nx/devkit';
import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph.js';

/** The tasks that Nx would run for targets of projects, with those that they wait for. */
export function taskGraphOf(
  graph: ProjectGraph,
  projects: readonly string[],
  targets: readonly string[],
  configuration?: string,
): TaskGraph {
  return createTaskGraph(graph, {}, [...projects], [...targets], configuration, {});
}

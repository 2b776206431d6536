import type { ProjectGraph, Task } from '@nx/devkit';
import { getTaskSpecificEnv } from 'nx/src/tasks-runner/task-env.js';

/**
 * What the `.env` files of a task's project and target set. Nx gives it to a task that runs alone, and hashes with it,
 * but runs a batch in one environment for all.
 */
export function dotenvOf(task: Task, graph: ProjectGraph): Record<string, string> {
  const changed = Object.entries(getTaskSpecificEnv(task, graph)).filter(
    ([name, value]) => value !== undefined && process.env[name] !== value,
  );
  return Object.fromEntries(changed) as Record<string, string>;
}

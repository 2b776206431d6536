import type { ProjectGraph } from '@nx/devkit';

import { InputPlans } from '../nx/input-plans.js';

/**
 * The files in the hashes of tasks, those that git ignores too: relative to the workspace's root, each once and sorted.
 *
 * @param tasks as `project:target`.
 */
export async function hashedFiles(graph: ProjectGraph, root: string, tasks: Iterable<string>): Promise<string[]> {
  const projectsByTarget = new Map<string, string[]>();
  for (const task of tasks) {
    const at = task.lastIndexOf(':');
    const target = task.slice(at + 1);
    projectsByTarget.set(target, [...(projectsByTarget.get(target) ?? []), task.slice(0, at)]);
  }
  const plans = await InputPlans.create(graph, root);
  const files = new Set<string>();
  for (const [target, projects] of projectsByTarget) {
    for (const file of plans.filesOf(target, projects)) files.add(file);
  }
  return [...files].sort();
}

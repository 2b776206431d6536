import type { EditCost } from '../report.js';
import type { HoldingTask, WorkspaceModel } from '../model/workspace-model.js';

/**
 * What an edit of each package costs, the dearest first.
 *
 * @param changes commits by package directory.
 */
export function editCosts(model: WorkspaceModel, changes: ReadonlyMap<string, number>): EditCost[] {
  const importers = importerCounts(model);
  const holders = holdersByPackage(model);
  const costs = Array.from(model.packages.keys(), (dir): EditCost => {
    const tasks = holders.get(dir) ?? [];
    const count = changes.get(dir) ?? 0;
    return {
      ...{ dir, changes: count, reruns: count * tasks.length, importers: importers.get(dir) ?? 0 },
      builds: tasks.filter(({ kind }) => kind === 'build').length,
      tests: tasks.filter(({ kind }) => kind === 'test').length,
    };
  });
  const tasksOf = ({ builds, tests }: EditCost): number => builds + tests;
  return costs.sort((a, b) => b.reruns - a.reruns || tasksOf(b) - tasksOf(a) || (a.dir < b.dir ? -1 : 1));
}

/** The tasks that hold each package of the workspace, by directory: an external package may have the same path. */
function holdersByPackage({ packages, tasks }: WorkspaceModel): Map<string, HoldingTask[]> {
  const holders = new Map(Array.from(packages.keys(), (dir) => [dir, new Array<HoldingTask>()]));
  for (const task of tasks) {
    let number = 0;
    for (const { dir } of task.listing.values()) {
      if (task.closure.has(number++)) holders.get(dir)?.push(task);
    }
  }
  return holders;
}

/** How many packages of the workspace import each, by directory. */
function importerCounts(model: WorkspaceModel): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pkg of model.packages.values()) {
    for (const { package: imported } of model.importsOf(pkg, true)) {
      counts.set(imported.dir, (counts.get(imported.dir) ?? 0) + 1);
    }
  }
  return counts;
}

import type { NxJsonConfiguration, ProjectGraph } from '@nx/devkit';
import { calculateFileChanges } from 'nx/src/project-graph/file-utils.js';
import { filterAffected } from 'nx/src/project-graph/affected/affected-project-graph.js';
import { computeAffectedTasks } from 'nx/src/project-graph/affected/affected-tasks.js';
import { parseFiles } from 'nx/src/utils/command-line-utils.js';

import { selectsTasks } from './selection.js';

/** What `nx affected` selects, and why it looks. */
export interface AffectedTasks {
  /** As Nx writes them, sorted; without those that they wait for. */
  readonly tasks: readonly string[];
  /** The files that changed since the base, those of the working tree too. */
  readonly files: readonly string[];
}

/**
 * The tasks that `nx affected -t <targets> --base <base>` selects: by their inputs, or by their projects where Nx does
 * so.
 */
export async function affectedTasks(
  projectGraph: ProjectGraph,
  nxJson: NxJsonConfiguration,
  targets: readonly string[],
  base: string,
): Promise<AffectedTasks> {
  const { files } = parseFiles({ base });
  const touchedFiles = calculateFileChanges(files, { base });
  if (selectsTasks(nxJson)) {
    const fileChangeArgs = { base };
    const options = { nxJson, projectGraph, targets: [...targets], touchedFiles, fileChangeArgs };
    const { affectedTaskIds } = await computeAffectedTasks(options);
    return { tasks: [...affectedTaskIds].sort(), files };
  }
  const { nodes } = await filterAffected(projectGraph, touchedFiles);
  const tasks = Object.entries(nodes).flatMap(([project, { data }]) =>
    targets.filter((target) => data.targets?.[target]).map((target) => `${project}:${target}`),
  );
  return { tasks: tasks.sort(), files };
}

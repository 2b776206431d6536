import type { ProjectGraph } from '@nx/devkit';

import { nearestName } from '../../nearest-name.js';
import type { ArchiveFacts } from '../../facts/archive-facts.js';
import { projectFile, type GoTask } from '../task/task.js';

const targetNames = new WeakMap<ProjectGraph, readonly string[]>();

/**
 * Why a gate is none: no Go project has a target of its name, so Nx waits for nothing. The executor looks, not
 * the graph: the graph does not know what other plugins infer.
 */
export function unknownGate(task: GoTask, { gate }: ArchiveFacts, projectGraph: ProjectGraph): string | undefined {
  const names = targetNames.get(projectGraph) ?? targetsOfGoProjects(projectGraph);
  targetNames.set(projectGraph, names);
  const wrong = gate.find((name) => !names.includes(name));
  if (wrong === undefined) return undefined;
  return (
    `nx-gopher does not run ${task.id}: its option gate names "${wrong}", and no Go project has a target of that name. ` +
    `Did you mean "${nearestName(wrong, names)}"? Correct it in ${projectFile(task)}, or in nx.json where the plugin's ` +
    `options give it.\n`
  );
}

function targetsOfGoProjects({ nodes }: ProjectGraph): string[] {
  const targetsOfProjects = Object.values(nodes).map(({ data }) => data.targets ?? {});
  const go = targetsOfProjects.filter((targets) =>
    Object.values(targets).some(({ executor }) => executor?.startsWith('nx-gopher:') ?? false),
  );
  return [...new Set(go.flatMap((targets) => Object.keys(targets)))];
}

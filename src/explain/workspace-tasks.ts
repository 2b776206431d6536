import { createProjectGraphAsync, type ProjectGraph, type TargetConfiguration, type TaskGraph } from '@nx/devkit';

import { targetFacts } from '../facts/target-facts.js';
import { taskGraphOf } from '../nx/task-graph.js';
import { TaskHashes, type TaskHash } from '../nx/task-hashes.js';

/** A task by its names. */
export interface TaskName {
  readonly project: string;
  readonly target: string;
  readonly configuration?: string;
}

/** The Go tasks of a workspace, as it is now. */
export class WorkspaceTasks {
  private constructor(
    readonly root: string,
    readonly graph: ProjectGraph,
  ) {}

  /** @throws Nx's own error where the graph cannot be computed. */
  static async load(root: string): Promise<WorkspaceTasks> {
    return new WorkspaceTasks(root, await createProjectGraphAsync({ exitOnError: false }));
  }

  /** The targets of a project that nx-gopher inferred, by name. */
  goTargets(project: string): Map<string, TargetConfiguration> {
    const targets = Object.entries(this.graph.nodes[project]?.data.targets ?? {});
    return new Map(targets.filter(([, target]) => targetFacts(target) !== undefined));
  }

  /** Every Go task of the workspace, without configurations. */
  all(): TaskName[] {
    return Object.keys(this.graph.nodes).flatMap((project) =>
      [...this.goTargets(project).keys()].map((target) => ({ project, target })),
    );
  }

  target({ project, target }: TaskName): TargetConfiguration | undefined {
    return this.graph.nodes[project]?.data.targets?.[target];
  }

  /** The hashes of tasks as they are now, by the ids that Nx gives them. */
  async hashes(tasks: readonly TaskName[]): Promise<ReadonlyMap<string, TaskHash>> {
    const configurations = [...new Set(tasks.map(({ configuration }) => configuration))];
    const hashes = configurations.map((configuration) =>
      this.#hash(
        tasks.filter((task) => task.configuration === configuration),
        configuration,
      ),
    );
    return new Map((await Promise.all(hashes)).flatMap((ofOne) => [...ofOne]));
  }

  async #hash(names: readonly TaskName[], configuration: string | undefined): Promise<ReadonlyMap<string, TaskHash>> {
    const projects = [...new Set(names.map(({ project }) => project))];
    const targets = [...new Set(names.map(({ target }) => target))];
    const taskGraph: TaskGraph = taskGraphOf(this.graph, projects, targets, configuration);
    const isAsked = new Set(names.map(({ project, target }) => `${project}\0${target}`));
    const ids = Object.values(taskGraph.tasks)
      .filter(({ target }) => isAsked.has(`${target.project}\0${target.target}`))
      .map(({ id }) => id);
    return (await TaskHashes.create(this.graph, taskGraph, this.root)).withParts(ids);
  }
}

/** The names in a task's id: project names may hold colons. */
export function taskName(id: string, graph: ProjectGraph): TaskName | undefined {
  const parts = id.split(':');
  for (let end = parts.length; end > 0; end--) {
    const project = parts.slice(0, end).join(':');
    if (!Object.hasOwn(graph.nodes, project)) continue;
    const [target, configuration] = parts.slice(end);
    if (target === undefined) return { project, target: '' };
    return { project, target, ...(configuration === undefined ? {} : { configuration }) };
  }
  return undefined;
}

import type { ProjectGraph, Task, TaskGraph } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json.js';
import { InProcessTaskHasher } from 'nx/src/hasher/task-hasher.js';
import { createProjectRootMappings } from 'nx/src/project-graph/utils/find-project-for-path.js';
import { getTaskSpecificEnv } from 'nx/src/tasks-runner/task-env.js';
import { getNxWorkspaceFilesFromContext } from 'nx/src/utils/workspace-context.js';

/** A task's hash, and the hashes of its parts by the names that Nx gives them. */
export interface TaskHash {
  readonly hash: string;
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Computes hashes of tasks as Nx does. Nx 23 and 24 tell a batch executor the hashes of its tasks neither in the task
 * graph (`pruneTaskGraph` takes them out) nor in its environment, as they do a task's that runs alone.
 */
export class TaskHashes {
  private constructor(
    private readonly hasher: InProcessTaskHasher,
    private readonly projectGraph: ProjectGraph,
    private readonly taskGraph: TaskGraph,
  ) {}

  static async create(projectGraph: ProjectGraph, taskGraph: TaskGraph, workspaceRoot: string): Promise<TaskHashes> {
    const roots = Object.fromEntries(createProjectRootMappings(projectGraph.nodes).entries());
    const { externalReferences } = await getNxWorkspaceFilesFromContext(workspaceRoot, roots, false);
    if (!externalReferences) throw new Error('Nx gives no list of the workspace’s files.');
    const nxJson = readNxJson(workspaceRoot) ?? {};
    const hasher = new InProcessTaskHasher(projectGraph, nxJson, externalReferences, undefined);
    return new TaskHashes(hasher, projectGraph, taskGraph);
  }

  /** The hash of a task of the graph, once the tasks that it waits for have ended. */
  async of(taskId: string): Promise<string> {
    return ((await this.withParts([taskId])).get(taskId) as TaskHash).hash;
  }

  /** As {@link of}, of many tasks in less time than one after another takes. */
  async withParts(taskIds: readonly string[]): Promise<ReadonlyMap<string, TaskHash>> {
    const tasks = taskIds.map((id) => this.task(id));
    const environments = Object.fromEntries(
      tasks.map((task) => [task.id, getTaskSpecificEnv(task, this.projectGraph)]),
    );
    const hashes = await this.hasher.hashTasks(tasks, this.taskGraph, environments);
    return new Map(
      hashes.map(({ value, details }, at) => [taskIds[at] as string, { hash: value, parts: details.nodes }]),
    );
  }

  private task(id: string): Task {
    const task: Task | undefined = this.taskGraph.tasks[id];
    if (!task) throw new Error(`${id} is not in the task graph.`);
    return task;
  }
}

import type { ProjectGraph, Task, TaskGraph } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json.js';
import { InProcessTaskHasher } from 'nx/src/hasher/task-hasher.js';
import { createProjectRootMappings } from 'nx/src/project-graph/utils/find-project-for-path.js';
import { getTaskSpecificEnv } from 'nx/src/tasks-runner/task-env.js';
import { getNxWorkspaceFilesFromContext } from 'nx/src/utils/workspace-context.js';

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
    const task: Task | undefined = this.taskGraph.tasks[taskId];
    if (!task) throw new Error(`${taskId} is not in the task graph.`);
    const env = getTaskSpecificEnv(task, this.projectGraph);
    return (await this.hasher.hashTask(task, this.taskGraph, env)).value;
  }
}

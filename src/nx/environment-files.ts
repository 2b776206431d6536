import { join } from 'node:path';

import type { ProjectGraph, Task } from '@nx/devkit';
import { getEnvFilesForTask, loadAndExpandDotEnvFile } from 'nx/src/tasks-runner/task-env.js';

/** The files that set environment variables for a task, and what they set. */
export class EnvironmentFiles {
  /** Relative to the workspace's root, whether they are there or not. */
  readonly paths: readonly string[];
  /** The environment without what the files set. */
  readonly #base: NodeJS.ProcessEnv;

  /** @param env that of a process that Nx has started for the task. */
  constructor(
    task: Task,
    graph: ProjectGraph,
    private readonly workspaceRoot: string,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.paths = process.env['NX_LOAD_DOT_ENV_FILES'] === 'false' ? [] : getEnvFilesForTask(task, graph);
    const set = this.set();
    this.#base = Object.fromEntries(Object.entries(env).filter(([name, value]) => set[name] !== value));
  }

  /** The environment of the task as the files are now. */
  now(): NodeJS.ProcessEnv {
    return this.#laidOver({ ...this.#base });
  }

  /** What the files set, as they are now. */
  set(): Record<string, string> {
    return this.#laidOver({}) as Record<string, string>;
  }

  #laidOver(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    loadAndExpandDotEnvFile(
      this.paths.map((path) => join(this.workspaceRoot, path)),
      env,
    );
    return env;
  }
}

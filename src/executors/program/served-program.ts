import { resolve } from 'node:path';

import type { ExecutorContext } from '@nx/devkit';

import { EnvironmentFiles } from '../../nx/environment-files.js';
import type { FastPathOption, ServedMain } from '../../serve/meet/messages.js';
import type { RunnerSettings } from '../../serve/restart/runner.js';
import { isGoVariable } from '../../workspace/kept/environment-key.js';
import type { BuildExecutorOptions } from '../build/schema.js';
import type { ServeExecutorOptions } from '../serve/schema.js';
import { filledTask } from '../task/filled-task.js';
import type { GoTask } from '../task/task.js';
import { siblingTask } from './sibling-task.js';

/** How a program is built and run that a target serves. */
export interface ServedProgram {
  readonly build: GoTask<BuildExecutorOptions>;
  readonly main: ServedMain;
  readonly run: Pick<RunnerSettings, 'cwd' | 'environment' | 'grace' | 'say'>;
}

/** Seconds that a program gets to end unless an option says otherwise. */
const GRACE = 5;

/** @param task that serves it. @param options of the task, with variables filled in. */
export function servedProgram(task: GoTask, options: ServeExecutorOptions, context: ExecutorContext): ServedProgram {
  const build = siblingTask('build', task, options.buildTarget ?? 'build', context);
  const environment = environmentOf(task, context);
  const set = environment.set();
  const { id, project, root } = task;
  return {
    build,
    main: {
      id,
      project,
      root,
      build: filledTask({ ...build, dotenv: set }),
      goVariables: Object.fromEntries(Object.entries(set).filter(([name]) => isGoVariable(name))),
      debug: options.debug ?? false,
      fastPath: fastPathOf(options),
      environmentFiles: environment.paths,
    },
    run: {
      cwd: resolve(context.root, options.cwd ?? root),
      environment: () => ({ ...environment.now(), ...options.env }),
      grace: (options.grace ?? GRACE) * 1000,
      say,
    },
  };
}

/** Prints a line of our own among those of the program. */
export function say(line: string): void {
  process.stdout.write(`[nx-gopher] ${line}\n`);
}

function fastPathOf({ fastPath = true, verifyFastPath = false }: ServeExecutorOptions): FastPathOption {
  return fastPath && verifyFastPath ? 'verify' : fastPath;
}

function environmentOf(
  { id, project, target, configuration, root }: GoTask,
  { projectGraph, taskGraph, root: workspaceRoot }: ExecutorContext,
): EnvironmentFiles {
  const name = { project, target, ...(configuration === undefined ? {} : { configuration }) };
  const made = { id, target: name, projectRoot: root, overrides: {}, outputs: [], parallelism: true, cache: false };
  return new EnvironmentFiles(taskGraph?.tasks[id] ?? made, projectGraph, workspaceRoot);
}

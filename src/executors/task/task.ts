import type { ExecutorContext, TargetConfiguration, Task, TaskGraph } from '@nx/devkit';

import { dotenvOf } from '../../nx/task-environment.js';
import type { BuildConfiguration, BuildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import type { ModuleContext } from '../../workspace/modules/module-context.js';
import { runTasksOf, type RelatedTask } from './related-tasks.js';
import { BATCHED_KINDS, type TargetKind } from '../../facts/target-kinds.js';

/** The options that every executor of a Go target takes. */
export interface GoTargetOptions extends BuildConfigurationOptions {
  readonly verbose?: boolean;
  readonly args?: readonly string[] | string;
  /** Package directories relative to the workspace root; the project's own by default. */
  readonly packages?: readonly string[];
}

/** A task as Nx hands it over, with all that its executor needs to know of it. */
export interface GoTask<Options extends GoTargetOptions = GoTargetOptions> {
  readonly id: string;
  readonly executor: TargetKind;
  readonly project: string;
  readonly target: string;
  readonly configuration: string | undefined;
  /** The project's root, relative to the workspace root, with forward slashes; `.` at the root. */
  readonly root: string;
  /** As they are written, variables and all. */
  readonly options: Options;
  /** What the `.env` files of its project and target set, where this process has not. */
  readonly dotenv: Readonly<Record<string, string>>;
  readonly targetConfiguration: TargetConfiguration | undefined;
  readonly cacheable: boolean;
  /** What it declares to write, relative to the workspace root. */
  readonly outputs: readonly string[];
  /** The tasks of this run that it waits for. */
  readonly dependencies: readonly RelatedTask[];
  /** The ids of the package tasks that do not run when this task fails. */
  readonly archivesAfter: readonly string[];
}

/** The file in which the task's project can be configured, relative to the workspace root. */
export function projectFile(task: GoTask): string {
  return task.root === '.' ? 'project.json' : `${task.root}/project.json`;
}

/** A package that a task works on. */
export interface TaskPackage {
  /** Absolute. */
  readonly dir: string;
  /** How go is told of it from the module context's directory, e.g. `./api/server`. */
  readonly pattern: string;
  readonly importPath: string;
}

/**
 * A task that may run: its module is found, its build configuration is one its inputs were inferred for, and the
 * variables in its options are filled in.
 */
export interface ReadyTask<Options extends GoTargetOptions = GoTargetOptions> extends GoTask<Options> {
  readonly module: ModuleContext;
  readonly packages: readonly TaskPackage[];
  readonly buildConfiguration: BuildConfiguration;
  /** Whether the closure uses cgo, as far as the project graph knows. */
  readonly usesCgo: boolean;
}

/** How a task ended; `text` is go's output for it, for the terminal and the cache. */
export interface Outcome {
  readonly success: boolean;
  readonly text: string;
  /** Milliseconds since 1970, where it is known better than by the batch. */
  readonly startTime?: number;
}

/** Tells that a task has ended. The first call for a task counts. */
export type Report = (taskId: string, outcome: Outcome) => void;

/** The tasks of a batch, all of one kind, or without one each of the kind that its option `kind` names. */
export function batchTasks<Options extends GoTargetOptions>(
  kind: TargetKind | undefined,
  taskGraph: TaskGraph,
  options: Readonly<Record<string, Options>>,
  context: ExecutorContext,
): GoTask<Options>[] {
  return Object.values(taskGraph.tasks).map((task) => {
    const { project, target, configuration } = task.target;
    const { executor, options: own } = kindAndOptions(kind, options[task.id] as Options);
    const dotenv = dotenvOf(task, context.projectGraph);
    return goTask(context, { id: task.id, executor, project, target, configuration, dotenv }, task, own);
  });
}

/** The one task of a single executor, as {@link batchTasks}. */
export function singleTask<Options extends GoTargetOptions>(
  kind: TargetKind | undefined,
  given: Options,
  context: ExecutorContext,
): GoTask<Options> {
  const { executor, options } = kindAndOptions(kind, given);
  const project = context.projectName ?? '';
  const target = context.targetName ?? '';
  const configuration = context.configurationName;
  const id = [project, target, ...(configuration ? [configuration] : [])].join(':');
  // Nx has put what .env files set into the environment of the process.
  const name = { id, executor, project, target, configuration, dotenv: {} };
  return goTask(context, name, context.taskGraph?.tasks[id], options);
}

/** An option `kind` that names none is left in, to be refused with the others that no kind knows. */
function kindAndOptions<Options extends GoTargetOptions>(
  kind: TargetKind | undefined,
  given: Options,
): { executor: TargetKind; options: Options } {
  if (kind) return { executor: kind, options: given };
  const { kind: named, ...options } = given as Options & { readonly kind?: unknown };
  const executor = BATCHED_KINDS.find((name) => name === named);
  if (executor) return { executor, options: options as unknown as Options };
  return { executor: 'build', options: { ...given, kind: named ?? null } };
}

/** A task by its name, with the options that it runs with. */
export function goTask<Options extends GoTargetOptions>(
  context: ExecutorContext,
  name: Pick<GoTask, 'id' | 'executor' | 'project' | 'target' | 'configuration' | 'dotenv'>,
  task: Pick<Task, 'cache' | 'outputs'> | undefined,
  options: Options,
): GoTask<Options> {
  const node = context.projectGraph?.nodes[name.project]?.data;
  const project = context.projectsConfigurations?.projects[name.project] ?? node;
  const targetConfiguration = node?.targets?.[name.target] ?? project?.targets?.[name.target];
  const run = runTasksOf(context);
  return {
    ...name,
    root: project?.root || '.',
    options,
    targetConfiguration,
    cacheable: task?.cache ?? targetConfiguration?.cache ?? false,
    outputs: task?.outputs ?? [],
    dependencies: run.dependenciesOf(name.id),
    archivesAfter: run.archivesAfter(name.id),
  };
}

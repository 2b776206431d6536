import type { ExecutorContext } from '@nx/devkit';

import { kindOfTarget } from '../../facts/target-kinds.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import type { BuildExecutorOptions } from '../build/schema.js';
import type { ServeExecutorOptions } from '../serve/schema.js';
import { TaskError } from '../task/task-error.js';
import { goTask, type GoTask } from '../task/task.js';

interface OptionsOf {
  readonly build: BuildExecutorOptions;
  readonly serve: ServeExecutorOptions;
}

const DOES = { build: 'builds', serve: 'serves' } as const;

/**
 * The task of another target of a project, which builds or serves the program that a task runs, with the options that
 * it has under the same configuration.
 *
 * @throws TaskError when the project has no such target, or another executor runs it.
 */
export function siblingTask<Kind extends keyof OptionsOf>(
  kind: Kind,
  { id, project, configuration }: Pick<GoTask, 'id' | 'project' | 'configuration'>,
  targetName: string,
  context: ExecutorContext,
): GoTask<OptionsOf[Kind]> {
  const target = context.projectsConfigurations?.projects[project]?.targets?.[targetName];
  if (kindOfTarget(target) !== kind) {
    throw new TaskError(
      `${id} needs a target that ${DOES[kind]} the program, but ${project} has none of the name "${targetName}" that ` +
        `nx-gopher runs. Name one in the option "${kind}Target".\n`,
    );
  }
  const name = configuration ?? target?.defaultConfiguration;
  const all = { ...target?.options, ...(name === undefined ? {} : target?.configurations?.[name]) };
  const names = Object.keys(executorSchema(kind).properties);
  const options = Object.fromEntries(Object.entries(all).filter(([option]) => names.includes(option)));
  const taskId = [project, targetName, ...(name === undefined ? [] : [name])].join(':');
  const named = { id: taskId, executor: kind, project, target: targetName, configuration: name, dotenv: {} } as const;
  return goTask<OptionsOf[Kind]>(context, named, undefined, options);
}

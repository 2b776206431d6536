import type { ExecutorContext } from '@nx/devkit';

import { kindOfTarget } from '../../facts/target-kinds.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import type { BuildExecutorOptions } from '../build/schema.js';
import { TaskError } from '../task/task-error.js';
import { goTask, type GoTask } from '../task/task.js';

/**
 * The task of the build target whose program a task runs, with the options that it has under the same configuration.
 *
 * @throws TaskError when the project has no such target, or another executor runs it.
 */
export function buildTaskOf(
  { id, project, configuration }: Pick<GoTask, 'id' | 'project' | 'configuration'>,
  buildTarget: string,
  context: ExecutorContext,
): GoTask<BuildExecutorOptions> {
  const target = context.projectsConfigurations?.projects[project]?.targets?.[buildTarget];
  if (kindOfTarget(target) !== 'build') {
    throw new TaskError(
      `${id} needs a target that builds the program, but ${project} has none of the name "${buildTarget}" that ` +
        `nx-gopher runs. Name one in the option "buildTarget".\n`,
    );
  }
  const name = configuration ?? target?.defaultConfiguration;
  const all = { ...target?.options, ...(name === undefined ? {} : target?.configurations?.[name]) };
  const names = Object.keys(executorSchema('build').properties);
  const options = Object.fromEntries(Object.entries(all).filter(([option]) => names.includes(option)));
  const builtId = [project, buildTarget, ...(name === undefined ? [] : [name])].join(':');
  const named = {
    id: builtId,
    executor: 'build',
    project,
    target: buildTarget,
    configuration: name,
    dotenv: {},
  } as const;
  return goTask<BuildExecutorOptions>(context, named, undefined, options);
}

import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { kindOfTarget, ownExecutor, PROGRAM_KINDS, TARGET_KINDS } from '../../facts/target-kinds.js';
import { effectiveOptions } from '../options/effective-options.js';
import type { PluginOptions } from '../options/options.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';
import type { InferredTarget } from './targets.js';

/** What such targets follow from, next to the project and its build. */
export interface ProgramContext {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly file: ProjectFile | undefined;
}

/**
 * The targets that run the program of a main package: `run` what the build target makes, `serve` what it builds itself.
 * So `run` waits for the build, and `serve` for what the build waits for.
 *
 * @param inferred the project's other targets; without a build among them there is nothing to run.
 */
export function programTargets(
  project: GoProject,
  inferred: readonly InferredTarget[],
  { options, nxJson, file }: ProgramContext,
): InferredTarget[] {
  const build = inferred.find(({ target }) => kindOfTarget(target) === 'build');
  if (!build) return [];
  return PROGRAM_KINDS.flatMap((kind) => {
    const target = options.targets[kind];
    if (!target) return [];
    const { problems } = effectiveOptions(kind, target, nxJson, file, project);
    const { continuous } = TARGET_KINDS[kind];
    const declared = declaredDependencies(build, nxJson, file);
    const dependsOn = continuous ? declared : [build.name];
    const configurations = { ...emptied(build.target.configurations), ...Object.fromEntries(target.configurations) };
    const configuration = {
      executor: ownExecutor(kind),
      cache: false,
      ...(continuous ? { continuous, readyWhen: { signal: true } } : {}),
      options: { buildTarget: build.name, ...target.options },
      ...(Object.keys(configurations).length ? { configurations } : {}),
      // So that `nx affected` selects it with the build.
      inputs: build.target.inputs,
      ...(dependsOn ? { dependsOn } : {}),
      metadata: { description: TARGET_KINDS[kind].description },
    } as TargetConfiguration;
    return [{ name: target.targetName, externalNodes: build.externalNodes, problems, target: configuration }];
  });
}

/** The configurations of the build, which have no options of their own here: the build's are taken. */
function emptied(configurations: TargetConfiguration['configurations']): NonNullable<typeof configurations> {
  return Object.fromEntries(Object.keys(configurations ?? {}).map((name) => [name, {}]));
}

/** What the build waits for by what nx.json and the project's file say, else for what writes code that git ignores. */
function declaredDependencies(
  build: InferredTarget,
  nxJson: NxJsonConfiguration,
  file: ProjectFile | undefined,
): TargetConfiguration['dependsOn'] {
  const defaults = targetDefaults(nxJson, build.target.executor ?? '', build.name);
  return file?.targets.get(build.name)?.dependsOn ?? defaults.dependsOn ?? build.target.dependsOn;
}

import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { targetFacts } from '../../facts/target-facts.js';
import { kindOfTarget, ownExecutor, PROGRAM_KINDS, TARGET_KINDS, type ProgramKind } from '../../facts/target-kinds.js';
import { effectiveOptions, type EffectiveOptions } from '../options/effective-options.js';
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
 * The targets that run the program of a main package: `run` what the build target makes, `serve` what it builds itself,
 * `invoke` what is served. So `run` waits for the build, and the others for what the build waits for.
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
    const { continuous, ofHandlers = false }: ProgramKind = TARGET_KINDS[kind];
    const { serve } = options.targets;
    if (ofHandlers && !(serve && isHandler(project, build, effectiveOptions('serve', serve, nxJson, file, project))))
      return [];
    const declared = declaredDependencies(build, nxJson, file);
    const dependsOn = kind === 'run' ? [build.name] : declared;
    const configurations = { ...emptied(build.target.configurations), ...Object.fromEntries(target.configurations) };
    const configuration = {
      executor: ownExecutor(kind),
      cache: false,
      ...(continuous ? { continuous, readyWhen: { signal: true } } : {}),
      options: {
        ...(ofHandlers ? { serveTarget: serve?.targetName } : { buildTarget: build.name }),
        ...target.options,
      },
      ...(Object.keys(configurations).length ? { configurations } : {}),
      // So that `nx affected` selects it with the build.
      inputs: build.target.inputs,
      ...(dependsOn ? { dependsOn } : {}),
      metadata: { description: TARGET_KINDS[kind].description },
    } as TargetConfiguration;
    return [{ name: target.targetName, externalNodes: build.externalNodes, problems, target: configuration }];
  });
}

/**
 * Whether a program is invoked: it is served as a Lambda handler. The target for that is part of the project's
 * configuration, and a module's own directory has its project's configuration in the hash of all tasks of the module:
 * there an option has to say it, an import does not suffice.
 */
function isHandler({ ownsManifest }: GoProject, build: InferredTarget, serve: EffectiveOptions): boolean {
  const { lambda, proxy } = serve.options;
  if (lambda !== undefined) return lambda !== false;
  return !ownsManifest && proxy === undefined && targetFacts(build.target)?.lambda === true;
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

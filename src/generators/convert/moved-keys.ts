import type { TargetConfiguration } from '@nx/devkit';

import { withoutUndefined } from './members.js';

type DependsOn = NonNullable<TargetConfiguration['dependsOn']>[number];
type Input = NonNullable<TargetConfiguration['inputs']>[number];

/** The keys of a target for one in another project: what they say of their own project, they say of the old one. */
export function movedKeys(
  { dependsOn, inputs, ...keys }: TargetConfiguration,
  { root, name }: { readonly root: string; readonly name: string },
): TargetConfiguration {
  return withoutUndefined({
    ...keys,
    dependsOn: dependsOn?.map((one) => movedDependency(one, name)),
    inputs: inputs?.map((one) => movedInput(one, root, name)),
  });
}

function movedDependency(dependency: DependsOn, project: string): DependsOn {
  if (typeof dependency === 'string')
    return dependency.startsWith('^') || dependency.includes(':') || dependency === '...'
      ? dependency
      : { projects: [project], target: dependency };
  const { projects, dependencies } = dependency;
  const isOwn = projects === 'self' || (projects === undefined && !dependencies);
  return isOwn ? { ...dependency, projects: [project] } : dependency;
}

/** Sets of files by the old project's directory, named inputs by its name. */
function movedInput(input: Input, root: string, project: string): Input {
  const fileset = (text: string) =>
    text.replace('{projectRoot}', root === '.' ? '{workspaceRoot}' : `{workspaceRoot}/${root}`);
  if (typeof input === 'string') {
    if (input.includes('{')) return fileset(input);
    return input.startsWith('^') || input === '...' ? input : { input, projects: [project] };
  }
  if ('fileset' in input && typeof input.fileset === 'string') return { ...input, fileset: fileset(input.fileset) };
  const isOwn = 'input' in input && !('projects' in input) && !('dependencies' in input);
  return isOwn ? { ...input, projects: [project] } : input;
}

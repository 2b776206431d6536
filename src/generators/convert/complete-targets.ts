import type { TargetConfiguration } from '@nx/devkit';

import { SHARED_EXECUTOR } from '../../facts/target-kinds.js';
import type { ConversionContext } from './conversion-context.js';
import { withoutUndefined } from './members.js';
import type { OldProject, OldTarget } from './old-projects.js';
import { isBatched, keyOfName, type ConvertedDefaults } from './target-defaults.js';

/**
 * The project with targets that say by themselves what nx.json and the peer's plugin no longer say of them: keys of
 * targetDefaults, and what they wait for.
 */
export function completeTargets(
  project: OldProject,
  defaults: ConvertedDefaults,
  context: ConversionContext,
): OldProject {
  const targets = project.targets
    .map((target) => withDefault(target, defaults.underTargets.get(target.kind)))
    .map((target) => withDependsOn(project, target, defaults, context));
  return { ...project, targets };
}

function withDefault(target: OldTarget, given: TargetConfiguration | undefined): OldTarget {
  if (!given) return target;
  const { options, configurations, dependsOn } = target.written;
  const written = withoutUndefined({
    ...given,
    ...target.written,
    dependsOn: dependsOn?.flatMap((one) => (one === '...' ? (given.dependsOn ?? []) : one)) ?? given.dependsOn,
    options: given.options || options ? { ...given.options, ...options } : undefined,
    configurations: given.configurations || configurations ? { ...given.configurations, ...configurations } : undefined,
  });
  return { ...target, written };
}

/**
 * Lets a target wait for the generation of code as the peer's plugin did, where there is some and nothing else says
 * what the target waits for. What waited for builds of other projects does so no longer.
 */
function withDependsOn(
  project: OldProject,
  target: OldTarget,
  { targetDefaults }: ConvertedDefaults,
  { names, modules, report }: ConversionContext,
): OldTarget {
  const { written, inferredDependsOn } = target;
  const given = written.dependsOn ?? (hasOwnDefault(target, targetDefaults) ? [] : ['...']);
  if (!given.includes('...')) return target;
  if (inferredDependsOn.includes('^build'))
    report.note(`${project.name}:${target.name}`, 'no longer waits for ^build: go compiles what a test imports');
  const inferred = [
    ...(inferredDependsOn.includes('generate') && project.module?.generates ? [names.generate] : []),
    ...(inferredDependsOn.includes('^generate') && modules.some(({ generates }) => generates)
      ? [`^${names.generate}`]
      : []),
  ];
  const dependsOn = given.flatMap((one) => (one === '...' ? inferred : [one]));
  return { ...target, written: withoutUndefined({ ...written, dependsOn: dependsOn.length ? dependsOn : undefined }) };
}

/** Whether nx.json still says what targets of this name wait for. */
function hasOwnDefault(target: OldTarget, defaults: ConvertedDefaults['targetDefaults']): boolean {
  const key = isBatched(target) && SHARED_EXECUTOR in defaults ? undefined : keyOfName(defaults, target.name);
  const entries = [(key !== undefined && defaults[key]) || []].flat() as TargetConfiguration[];
  return entries.some(({ dependsOn }) => dependsOn);
}

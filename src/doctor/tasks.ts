import type { NxJsonConfiguration, ProjectGraph, TargetConfiguration } from '@nx/devkit';

import { SOURCES_INPUT } from '../facts/sources-input.js';
import { selectsTasks } from '../nx/selection.js';
import type { Inputs } from '../inputs/embed-patterns.js';
import { hasInferredInputs, targetFacts } from '../facts/target-facts.js';
import { buildConfigurationOptions, type BuildConfigurationOptions } from '../go/configuration/build-configuration.js';
import type { TaskState } from './diagnosis.js';
import type { RuntimeInput } from './settings.js';

/** The targets of a graph that nx-gopher inferred, by `project:target`. */
export function goTargets({ nodes }: ProjectGraph): Map<string, TargetConfiguration> {
  const targets = Object.entries(nodes).flatMap(([project, { data }]) =>
    Object.entries(data.targets ?? {}).map(([name, target]) => [`${project}:${name}`, target] as const),
  );
  return new Map(targets.filter(([, target]) => targetFacts(target) !== undefined));
}

/** Whether a task is cached, and what stands against it. */
export function taskState(target: TargetConfiguration): TaskState {
  const uncacheable = targetFacts(target)?.uncacheable ?? [];
  const cached = target.cache === true;
  return {
    cached,
    reasons: [
      ...uncacheable,
      ...(!cached && uncacheable.length === 0 ? ['"cache" is false in its configuration'] : []),
      ...(cached && uncacheable.length ? ['"cache": true in its configuration overrules that, so it is refused'] : []),
      ...(hasInferredInputs(target)
        ? []
        : ['other inputs replace the inferred ones: they do not cover what the task reads']),
    ],
  };
}

/** The build configurations that targets can run under, each once. */
export function buildConfigurations(targets: Iterable<TargetConfiguration>): BuildConfigurationOptions[] {
  const byTask = new Map<string, BuildConfigurationOptions>();
  for (const { options = {}, configurations = {} } of targets) {
    for (const overrides of [{}, ...Object.values(configurations)]) {
      const configuration = buildConfigurationOptions({ ...options, ...overrides });
      byTask.set(JSON.stringify(configuration), configuration);
    }
  }
  return [...byTask.values()];
}

/**
 * The named inputs of Go sources that nx.json does not leave empty for other projects, where Nx could then find sources
 * over the edges between projects. Without them the inputs name each project.
 */
export function missingSourcesInputs({ nodes }: ProjectGraph, nxJson: NxJsonConfiguration): string[] {
  if (!selectsTasks(nxJson)) return [];
  const names = Object.values(nodes).flatMap(({ data }) => Object.keys(data.namedInputs ?? {}));
  const isSources = (name: string): boolean => name === SOURCES_INPUT || name.startsWith(`${SOURCES_INPUT}-`);
  return [...new Set(names)].filter((name) => isSources(name) && nxJson.namedInputs?.[name]?.length !== 0).sort();
}

/** The commands whose output is in the hashes of targets, with the number of targets. */
export function runtimeInputs(targets: Iterable<TargetConfiguration>): RuntimeInput[] {
  const counts = new Map<string, number>();
  for (const { inputs } of targets) {
    for (const command of new Set(commands(inputs ?? []))) counts.set(command, (counts.get(command) ?? 0) + 1);
  }
  return [...counts].map(([command, tasks]) => ({ command, tasks }));
}

function commands(inputs: Inputs): string[] {
  return inputs.flatMap((input) => (typeof input === 'object' && 'runtime' in input ? [input.runtime] : []));
}

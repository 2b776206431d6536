import type { NxJsonConfiguration } from '@nx/devkit';

import type { TargetKind } from '../../facts/target-kinds.js';
import {
  buildConfigurationOptions,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import type { TargetOptions } from './options.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';

type Options = Readonly<Record<string, unknown>>;

/** The options a target will run with once Nx has laid all layers over each other. */
export interface EffectiveOptions {
  readonly options: Options;
  /** By configuration: what it lays over the options. */
  readonly configurations: Readonly<Record<string, Options>>;
  /** Whether other tasks run before it, which may write what it reads. */
  readonly hasDependencies: boolean;
}

/** Lays nx.json's targetDefaults and the project's own file over the plugin's options, as Nx does. */
export function effectiveOptions(
  kind: TargetKind,
  target: TargetOptions,
  nxJson: NxJsonConfiguration,
  file: ProjectFile | undefined,
): EffectiveOptions {
  const defaults = targetDefaults(nxJson, `nx-gopher:${kind}`, target.targetName);
  const own = file?.targets[target.targetName];
  const configurations: Record<string, Options> = {};
  for (const layer of [target.configurations, defaults.configurations, own?.configurations]) {
    for (const [name, value] of Object.entries((layer ?? {}) as Record<string, Options>)) {
      configurations[name] = { ...configurations[name], ...value };
    }
  }
  return {
    options: { ...target.options, ...defaults.options, ...own?.options } as Options,
    configurations,
    hasDependencies: (own?.dependsOn ?? defaults.dependsOn ?? []).length > 0,
  };
}

/** Each build configuration that the options can lead to, that without a named configuration first. */
export function buildConfigurationsOf({
  options,
  configurations,
}: Pick<EffectiveOptions, 'options' | 'configurations'>): BuildConfigurationOptions[] {
  return [options, ...Object.values(configurations).map((named) => ({ ...options, ...named }))].map(
    buildConfigurationOptions,
  );
}

import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { BATCHED_KINDS, ownExecutor, SHARED_EXECUTOR, type TargetKind } from '../../facts/target-kinds.js';
import {
  buildConfigurationOptions,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { checkedLayer, type Layer } from './checked-layer.js';
import type { TargetOptions } from './options.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';

type Options = Readonly<Record<string, unknown>>;

/** The options a target will run with once Nx has laid all layers over each other. */
export interface EffectiveOptions {
  /** The executor that the target is inferred with. */
  readonly executor: string;
  readonly options: Options;
  /** By configuration: what it lays over the options. */
  readonly configurations: Readonly<Record<string, Options>>;
  /** Whether other tasks run before it, which may write what it reads. */
  readonly hasDependencies: boolean;
  /** What is wrong with options of nx.json or the project's file, which are left out here: it must not run. */
  readonly problems: readonly string[];
}

/**
 * Lays nx.json's targetDefaults and the project's own file over the plugin's options, as Nx does.
 *
 * @param dir of the project; messages name its file.
 */
export function effectiveOptions(
  kind: TargetKind,
  target: TargetOptions,
  nxJson: NxJsonConfiguration,
  file: ProjectFile | undefined,
  dir = '.',
): EffectiveOptions {
  const executor = executorOf(kind, target.targetName, nxJson, file);
  const defaults = targetDefaults(nxJson, executor, target.targetName);
  const own = file?.targets[target.targetName];
  const { targetName } = target;
  const checkedDefaults = checkedLayer(kind, defaults, defaultsPlace(nxJson, executor, targetName));
  const checkedOwn = checkedLayer(kind, own, ownPlace(file, dir, targetName));
  const configurations: Record<string, Options> = {};
  const base: Layer = { options: target.options, configurations: target.configurations, problems: [] };
  const layers = [base, checkedDefaults, checkedOwn];
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer.configurations))) {
    configurations[name] = { ...configurations[name], ...value };
  }
  return {
    executor,
    options: { ...target.options, ...checkedDefaults.options, ...checkedOwn.options },
    configurations,
    hasDependencies: (own?.dependsOn ?? defaults.dependsOn ?? []).length > 0,
    problems: layers.flatMap(({ problems }) => problems),
  };
}

/**
 * The executor to infer a target with: the shared one, whose tasks Nx runs in one batch. The kind's own where the
 * project's file or targetDefaults name it: else Nx would not lay them over the inferred target.
 */
function executorOf(
  kind: TargetKind,
  targetName: string,
  { targetDefaults: all }: NxJsonConfiguration,
  file: ProjectFile | undefined,
): string {
  const own = ownExecutor(kind);
  const byName = [all?.[targetName] ?? []].flat();
  const isNamed = file?.targets[targetName]?.executor === own || byName.some(({ executor }) => executor === own);
  return isNamed || all?.[own] !== undefined || !BATCHED_KINDS.includes(kind) ? own : SHARED_EXECUTOR;
}

function defaultsPlace({ targetDefaults: all }: NxJsonConfiguration, executor: string, targetName: string): string {
  return `nx.json: targetDefaults.${all?.[executor] ? executor : targetName}`;
}

function ownPlace(file: ProjectFile | undefined, dir: string, targetName: string): string {
  return file?.inPackageJson?.includes(targetName)
    ? `${posix.join(dir, 'package.json')}: nx.targets.${targetName}`
    : `${posix.join(dir, 'project.json')}: targets.${targetName}`;
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

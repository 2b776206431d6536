import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { BATCHED_KINDS, ownExecutor, SHARED_EXECUTOR, type TargetKind } from '../../facts/target-kinds.js';
import {
  buildConfigurationOptions,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { ByName, ownValue, type ReadonlyByName } from '../../by-name.js';
import { checkedLayer, type Layer } from './checked-layer.js';
import type { Options } from './option-values.js';
import type { TargetOptions } from './options.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';
import { outerVariables } from '../../variables/option-variables.js';

/** The options a target will run with once Nx has laid all layers over each other. */
export interface EffectiveOptions {
  /** The executor that the target is inferred with. */
  readonly executor: string;
  readonly options: Options;
  /** By configuration: what it lays over the options. */
  readonly configurations: ReadonlyByName<Options>;
  /** Whether other tasks run before it, which may write what it reads. */
  readonly hasDependencies: boolean;
  /** What is wrong with options of nx.json or the project's file, which are left out here: it must not run. */
  readonly problems: readonly string[];
}

/**
 * Lays nx.json's targetDefaults and the project's own file over the plugin's options, as Nx does.
 *
 * @param project its tokens are filled in where options decide which files a package has, as Nx fills them in before a
 * task runs; messages name its file. Without it, what holds for all projects.
 */
export function effectiveOptions(
  kind: TargetKind,
  target: TargetOptions,
  nxJson: NxJsonConfiguration,
  file: ProjectFile | undefined,
  project?: { readonly dir: string; readonly name: string },
): EffectiveOptions {
  const executor = executorOf(kind, target.targetName, nxJson, file);
  const defaults = targetDefaults(nxJson, executor, target.targetName);
  const inProjectFile = file?.targets.get(target.targetName);
  const { targetName } = target;
  const checkedDefaults = checkedLayer(kind, defaults, defaultsPlace(nxJson, executor, targetName));
  const checkedOwn = checkedLayer(kind, inProjectFile, ownPlace(file, project?.dir ?? '.', targetName));
  const configurations = new ByName<Options>();
  const base: Layer = { options: target.options, configurations: target.configurations, problems: target.problems };
  const layers = [base, checkedDefaults, checkedOwn];
  for (const [name, value] of layers.flatMap((layer) => [...layer.configurations])) {
    configurations.set(name, withTokens({ ...configurations.get(name), ...value }, project));
  }
  return {
    executor,
    options: withTokens({ ...target.options, ...checkedDefaults.options, ...checkedOwn.options }, project),
    configurations,
    hasDependencies: (inProjectFile?.dependsOn ?? defaults.dependsOn ?? []).length > 0,
    problems: layers.flatMap(({ problems }) => problems),
  };
}

/** As Nx does when it makes the project graph of all plugins' parts (`resolveNxTokensInOptions`). */
function withTokens(options: Options, project: { readonly dir: string; readonly name: string } | undefined): Options {
  const deciding = JSON.stringify(buildConfigurationOptions(options));
  if (!project || !/\{(project|workspaceRoot)/.test(deciding)) return options;
  const text = (value: string): string => JSON.stringify(value).slice(1, -1);
  const filled = deciding
    .replace(/"\{workspaceRoot\}\/?/g, '"')
    .replaceAll('{projectRoot}', text(project.dir))
    .replaceAll('{projectName}', text(project.name));
  return { ...options, ...(JSON.parse(filled) as BuildConfigurationOptions) };
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
  const byName = [ownValue(all, targetName) ?? []].flat();
  const isNamed = file?.targets.get(targetName)?.executor === own || byName.some(({ executor }) => executor === own);
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

const variables = new WeakMap<object, readonly string[]>();

/** The environment variables that options refer to under any configuration; found once for projects that share them. */
export function variablesOf(effective: Pick<EffectiveOptions, 'options' | 'configurations'>): readonly string[] {
  const { options, configurations } = effective;
  const earlier = variables.get(effective);
  if (earlier) return earlier;
  const optionSets = [options, ...Array.from(configurations.values(), (named) => ({ ...options, ...named }))];
  const names = [...new Set(optionSets.flatMap((one) => outerVariables(one)))].sort();
  variables.set(effective, names);
  return names;
}

/** Each build configuration that the options can lead to, that without a named configuration first. */
export function buildConfigurationsOf({
  options,
  configurations,
}: Pick<EffectiveOptions, 'options' | 'configurations'>): BuildConfigurationOptions[] {
  return [options, ...Array.from(configurations.values(), (named) => ({ ...options, ...named }))].map(
    buildConfigurationOptions,
  );
}

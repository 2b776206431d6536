import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { kindOfTarget, TARGET_KINDS, type CompiledKind } from '../../facts/target-kinds.js';
import { executableName } from '../../go/binaries/executable-name.js';
import { sealPath } from '../../seals/seal-path.js';
import type { TargetListing } from '../../inputs/target-request.js';
import type { GroupListing } from '../../workspace/workspace.js';
import type { EffectiveOptions } from '../options/effective-options.js';
import type { Options } from '../options/option-values.js';
import type { TargetOptions } from '../options/options.js';
import type { GoProject } from '../projects/projects.js';
import type { OutputOptions } from './misplaced-outputs.js';

/** Fills `{projectRoot}`, `{projectName}` and `{binary}` in an output's path. */
export function fill(template: unknown, project: GoProject): string {
  const binary = executableName(project.dir === '.' ? (project.module?.path ?? 'main') : project.dir);
  const filled = String(template)
    .replaceAll('{projectRoot}', project.dir === '.' ? '' : project.dir)
    .replaceAll('{projectName}', project.name)
    .replaceAll('{binary}', binary)
    .replace(/\/{2,}/g, '/');
  // Nothing stands for `{projectRoot}` at the workspace's root.
  return String(template).startsWith('/') ? filled : filled.replace(/^\//, '');
}

/** An output's path from the workspace's root, however it is written. */
export function workspacePath(path: string, project: GoProject): string {
  return posix.normalize(fill(path.replace(/^\{workspaceRoot\}\//, ''), project));
}

/** The paths among the plugin's options, with their placeholders filled in. */
function filled(options: Options, project: GoProject): Options {
  const paths = ['outputPath', 'coverProfile'].filter((name) => options[name] !== undefined);
  return Object.fromEntries(paths.map((name) => [name, fill(options[name], project)]));
}

/** The options of a target that hold paths: those of the kind, and those that the plugin's options set. */
export function pathOptions({ outputPath }: CompiledKind, project: GoProject, { options }: TargetOptions): Options {
  return { ...(outputPath ? { outputPath: fill(outputPath, project) } : {}), ...filled(options, project) };
}

/**
 * The named configurations. Those for another platform write to directories of their own, so that no task's output lies
 * where another one's does.
 */
export function namedConfigurations(
  { outputPath }: CompiledKind,
  project: GoProject,
  target: TargetOptions,
  effective: EffectiveOptions,
): Pick<TargetConfiguration, 'configurations'> {
  const named = new Map(
    Array.from(target.configurations, ([name, options]) => [name, { ...options, ...filled(options, project) }]),
  );
  for (const [name, options] of outputPath ? effective.configurations : []) {
    if (options['outputPath'] !== undefined || !(options['goos'] ?? options['goarch'])) continue;
    const apart = `${posix.dirname(outputPath ?? '')}/${name}/${posix.basename(outputPath ?? '')}`;
    named.set(name, { ...named.get(name), outputPath: fill(apart, project) });
  }
  return named.size ? { configurations: Object.fromEntries(named) } : {};
}

/** What a target writes, and the seal of it where that is anything. */
export function outputPaths(
  row: CompiledKind,
  { targetName, isFurther }: TargetOptions,
  project: GoProject,
  effective: EffectiveOptions,
  listings: readonly TargetListing[],
): string[] {
  const windows = ({ listing }: { listing: GroupListing }): boolean => listing.configuration.goos === 'windows';
  const binary = ['{options.outputPath}', ...(listings.some(windows) ? ['{options.outputPath}.exe'] : [])];
  const others = (row.outputs ?? []).filter((output) => !isFurther || output.startsWith('{options.'));
  const paths = [
    ...(row.outputPath ? binary : []),
    ...others.map((output) => fill(output, project)),
    ...cHeaders(project, effective),
  ];
  return paths.length > 0 ? [...paths, `{workspaceRoot}/${sealPath(project.dir, targetName)}`] : [];
}

/** The C header that `-buildmode=c-archive` and `c-shared` write next to the binary. */
function cHeaders(project: GoProject, { options, configurations }: EffectiveOptions): string[] {
  return [options, ...Array.from(configurations.values(), (named) => ({ ...options, ...named }))]
    .filter(({ buildmode }) => buildmode === 'c-archive' || buildmode === 'c-shared')
    .map(({ outputPath }) => fill(outputPath ?? TARGET_KINDS.build.outputPath, project).replace(/\.[^./]*$/, ''))
    .map((stem) => `{workspaceRoot}/${stem}.h`);
}

/** The paths that options name for files that the target writes, and the options that may name more. */
export function optionPaths(
  effective: EffectiveOptions,
  inferred: TargetConfiguration,
  project: GoProject,
): Pick<OutputOptions, 'paths' | 'option' | 'effective'> {
  const option = kindOfTarget(inferred) === 'build' ? 'outputPath' : 'coverProfile';
  const optionSets = [effective.options, ...effective.configurations.values()];
  const paths = optionSets.flatMap(({ [option]: path }) => (typeof path === 'string' ? [path] : []));
  return { option, effective, paths: paths.map((path) => fill(path.replace(/^\{workspaceRoot\}\//, ''), project)) };
}

/** The PGO profiles that the options name. */
export function profiles({ options, configurations }: EffectiveOptions, project: GoProject): string[] {
  const named = [options, ...configurations.values()].map(({ pgo }) => pgo);
  const paths = named.filter((pgo): pgo is string => typeof pgo === 'string' && !/^(auto|off)$/.test(pgo));
  return [...new Set(paths.map((path) => fill(path, project)))];
}

import { posix } from 'node:path';

import type { ProjectGraphExternalNode, TargetConfiguration } from '@nx/devkit';

import { targetInputs } from '../../inputs/target-inputs.js';
import type { Names, TargetInputs, TargetListing, TargetRequest } from '../../inputs/target-request.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import {
  compiledKind,
  kindOfTarget,
  ownExecutor,
  SHARED_EXECUTOR,
  TARGET_KINDS,
  type CompiledKind,
  type CompiledTargetKind,
  type TargetKind,
} from '../../facts/target-kinds.js';
import { sealPath } from '../../seals/seal-path.js';
import { executableName } from '../../go/binaries/executable-name.js';
import { unhashedOptions } from '../../go/configuration/unhashed-options.js';
import type { GroupListing, Module, ModuleGroup } from '../../workspace/workspace.js';
import type { EffectiveOptions } from '../options/effective-options.js';
import type { TargetOptions } from '../options/options.js';
import type { OutputOptions } from './misplaced-outputs.js';
import { writtenPaths } from './output-clashes.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';

/** A target, and the external nodes that its inputs name. */
export interface InferredTarget {
  readonly name: string;
  readonly target: TargetConfiguration;
  readonly externalNodes: readonly ProjectGraphExternalNode[];
  /** What is wrong with its options. */
  readonly problems?: readonly string[];
  /** The paths that a build or package target writes, from the workspace's root. */
  readonly writes?: readonly string[];
  /** The paths that options name for other files that the target writes, and the options that may name more. */
  readonly given?: Pick<OutputOptions, 'paths' | 'option' | 'effective'>;
}

/** What such a target is inferred from, apart from its project. */
export interface TargetContext {
  readonly kind: CompiledTargetKind;
  readonly target: TargetOptions;
  readonly effective: EffectiveOptions;
  readonly listings: readonly TargetListing[];
  readonly names: Names;
  readonly file: ProjectFile | undefined;
}

/**
 * Keeps the declared inputs in force under Nx Cloud's ultracache, which else takes what an earlier run was seen to read
 * in their place. Go opens files that it does not compile, and one go process works for many tasks. An Nx without
 * ultracache leaves the key alone.
 */
export const DECLARED_INPUTS_HOLD = { mode: 'warn' } as const;

/** The target of a project that runs under a build configuration. */
export function inferTarget(
  project: GoProject & { readonly group: ModuleGroup; readonly module: Module },
  context: TargetContext,
): InferredTarget {
  const { kind, target, effective, listings, names } = context;
  const row = compiledKind(kind);
  const dirs = (row.of === 'main' ? [project.pkg] : project.members).flatMap((pkg) => pkg?.dir ?? []);
  const found = targetInputs(targetRequest(row.reads, dirs, project, context), names);
  const facts = factsOf(found, project, dirs, context);
  const inferred = {
    ...executorAndOptions(kind, effective.executor, { ...target.options, ...ownOptions(row, project, target) }),
    cache: !facts.uncacheable,
    ultracache: DECLARED_INPUTS_HOLD,
    inputs: found.inputs,
    outputs: outputs(row, target.targetName, project, effective, listings),
    ...configurations(row, project, target, effective),
    metadata: { ...describe(kind, target.targetName, project.name), gopher: facts } as TargetConfiguration['metadata'],
  } as TargetConfiguration;
  const made = {
    name: target.targetName,
    externalNodes: found.externalNodes,
    problems: effective.problems,
    target: inferred,
    given: givenOutputs(effective, inferred, project),
    ...(row.outputPath
      ? { writes: writtenPaths(effective, inferred).map((path) => workspacePath(path, project)) }
      : {}),
  };
  return found.endlessFile === undefined ? made : refusedTarget(made, waits(found.endlessFile));
}

function targetRequest(
  reads: TargetRequest['reads'],
  dirs: readonly string[],
  project: GoProject & { readonly group: ModuleGroup; readonly module: Module },
  { effective, listings, file }: TargetContext,
): TargetRequest {
  return {
    reads,
    group: project.group,
    module: project.module,
    dirs,
    projectDir: project.dir,
    listings,
    namedFiles: profiles(effective, project),
    implicitDependencies: file?.implicitDependencies ?? [],
    hasDependencies: effective.hasDependencies,
  };
}

/** The executor of a target with its options; the shared one is told the kind. */
export function executorAndOptions(
  kind: TargetKind,
  executor: string,
  options: Readonly<Record<string, unknown>>,
): Pick<TargetConfiguration, 'executor' | 'options'> {
  return { executor, options: executor === SHARED_EXECUTOR ? { kind, ...options } : options };
}

/** As {@link inferTarget} gave it, but not to be run: it would destroy what another target writes, say. */
export function refusedTarget(inferred: InferredTarget, reason: string): InferredTarget {
  const { metadata } = inferred.target as { metadata: { gopher: TargetFacts } };
  const facts: TargetFacts = { ...metadata.gopher, clash: reason };
  const target = { ...inferred.target, cache: false, metadata: { ...metadata, gopher: facts } };
  return { ...inferred, target: target as TargetConfiguration };
}

function waits(file: string): string {
  return `go would wait for ${file}, which is a named pipe or a device. Delete it, or put a regular file in its place.`;
}

function factsOf(
  found: TargetInputs,
  project: GoProject,
  dirs: readonly string[],
  { effective, listings }: TargetContext,
): TargetFacts {
  const uncacheable = [...found.uncacheable, ...unhashed(effective)];
  const named = profiles(effective, project);
  return {
    buildConfigurations: listings.map(({ listing }) => listing.key),
    cgo: found.cgo,
    packages: dirs,
    ...(named.length ? { profiles: named } : {}),
    ...(uncacheable.length ? { uncacheable } : {}),
    ...(found.closure ? { closure: found.closure } : {}),
  };
}

function givenOutputs(
  effective: EffectiveOptions,
  inferred: TargetConfiguration,
  project: GoProject,
): Pick<OutputOptions, 'paths' | 'option' | 'effective'> {
  const option = kindOfTarget(inferred) === 'build' ? 'outputPath' : 'coverProfile';
  const all = [effective.options, ...Object.values(effective.configurations)];
  const paths = all.flatMap(({ [option]: path }) => (typeof path === 'string' ? [path] : []));
  return { option, effective, paths: paths.map((path) => fill(path.replace(/^\{workspaceRoot\}\//, ''), project)) };
}

/** A target of a module that writes go.mod and go.sum, so nothing of it is cached. */
export function moduleTarget(kind: TargetKind, project: GoProject, options: TargetOptions): InferredTarget {
  const { targetName, configurations } = options;
  return {
    name: targetName,
    externalNodes: [],
    target: {
      executor: ownExecutor(kind),
      cache: false,
      options: options.options,
      ...(Object.keys(configurations).length ? { configurations } : {}),
      metadata: describe(kind, targetName, project.name),
    } as TargetConfiguration,
  };
}

/** The paths among the plugin's options, with their placeholders filled in. */
function filled(options: Readonly<Record<string, unknown>>, project: GoProject): Record<string, string> {
  const paths = ['outputPath', 'coverProfile'].filter((name) => options[name] !== undefined);
  return Object.fromEntries(paths.map((name) => [name, fill(options[name], project)]));
}

function ownOptions(
  { outputPath }: CompiledKind,
  project: GoProject,
  { options }: TargetOptions,
): Record<string, unknown> {
  return { ...(outputPath ? { outputPath: fill(outputPath, project) } : {}), ...filled(options, project) };
}

/**
 * The named configurations. Those for another platform write to directories of their own, so that no task's output lies
 * where another one's does.
 */
function configurations(
  { outputPath }: CompiledKind,
  project: GoProject,
  target: TargetOptions,
  effective: EffectiveOptions,
): Pick<TargetConfiguration, 'configurations'> {
  const named = Object.fromEntries(
    Object.entries(target.configurations).map(([name, options]) => [name, { ...options, ...filled(options, project) }]),
  );
  for (const [name, options] of Object.entries(outputPath ? effective.configurations : {})) {
    if (options['outputPath'] !== undefined || !(options['goos'] ?? options['goarch'])) continue;
    const apart = `${posix.dirname(outputPath ?? '')}/${name}/${posix.basename(outputPath ?? '')}`;
    named[name] = { ...named[name], outputPath: fill(apart, project) };
  }
  return Object.keys(named).length ? { configurations: named } : {};
}

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
function workspacePath(path: string, project: GoProject): string {
  return posix.normalize(fill(path.replace(/^\{workspaceRoot\}\//, ''), project));
}

/** What a target writes, and the seal of it where that is anything. */
function outputs(
  row: CompiledKind,
  targetName: string,
  project: GoProject,
  effective: EffectiveOptions,
  listings: readonly TargetListing[],
): string[] {
  const windows = ({ listing }: { listing: GroupListing }): boolean => listing.configuration.goos === 'windows';
  const binary = ['{options.outputPath}', ...(listings.some(windows) ? ['{options.outputPath}.exe'] : [])];
  const made = [
    ...(row.outputPath ? binary : []),
    ...(row.outputs ?? []).map((output) => fill(output, project)),
    ...cHeaders(project, effective),
  ];
  return made.length > 0 ? [...made, `{workspaceRoot}/${sealPath(project.dir, targetName)}`] : [];
}

const unhashedParts = new WeakMap<EffectiveOptions, readonly string[]>();

/** Why the options make a target uncacheable; found once for the projects that share them. */
function unhashed(effective: EffectiveOptions): readonly string[] {
  let reasons = unhashedParts.get(effective);
  if (!reasons) {
    const all = [effective.options, ...Object.values(effective.configurations)];
    reasons = [...new Set(all.flatMap((one) => unhashedOptions(one)))];
    unhashedParts.set(effective, reasons);
  }
  return reasons;
}

/** The C header that `-buildmode=c-archive` and `c-shared` write next to the binary. */
function cHeaders(project: GoProject, { options, configurations }: EffectiveOptions): string[] {
  const all = [options, ...Object.values(configurations).map((named) => ({ ...options, ...named }))];
  return all
    .filter(({ buildmode }) => buildmode === 'c-archive' || buildmode === 'c-shared')
    .map(({ outputPath }) => fill(outputPath ?? TARGET_KINDS.build.outputPath, project).replace(/\.[^./]*$/, ''))
    .map((stem) => `{workspaceRoot}/${stem}.h`);
}

/** The PGO profiles that the options name. */
function profiles({ options, configurations }: EffectiveOptions, project: GoProject): string[] {
  const named = [options, ...Object.values(configurations)].map(({ pgo }) => pgo);
  const paths = named.filter((pgo): pgo is string => typeof pgo === 'string' && !/^(auto|off)$/.test(pgo));
  return [...new Set(paths.map((path) => fill(path, project)))];
}

/** What Nx shows of a target. */
export function describe(
  kind: TargetKind,
  targetName: string,
  projectName: string,
): NonNullable<TargetConfiguration['metadata']> {
  const { description, example } = TARGET_KINDS[kind];
  return {
    technologies: ['go'],
    description,
    help: { command: `npx nx run ${projectName}:${targetName} --help`, example: { options: example } },
  };
}

import type { ProjectGraphExternalNode, TargetConfiguration } from '@nx/devkit';

import { targetInputs } from '../../inputs/target-inputs.js';
import type { Names, TargetInputs, TargetListing, TargetRequest, WritingTask } from '../../inputs/target-request.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import {
  compiledKind,
  SHARED_EXECUTOR,
  TARGET_KINDS,
  type CompiledTargetKind,
  type TargetKind,
} from '../../facts/target-kinds.js';
import { unhashedOptions } from '../../go/configuration/unhashed-options.js';
import type { Module, ModuleGroup } from '../../workspace/workspace.js';
import { variablesOf, type EffectiveOptions } from '../options/effective-options.js';
import type { Options } from '../options/option-values.js';
import type { TargetOptions } from '../options/options.js';
import { writtenPaths } from './output-clashes.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';
import { isLambdaHandler } from './lambda-handler.js';
import type { OutputOptions } from './misplaced-outputs.js';
import { namedConfigurations, optionPaths, outputPaths, pathOptions, profiles, workspacePath } from './target-paths.js';

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
  readonly optionPaths?: Pick<OutputOptions, 'paths' | 'option' | 'effective'>;
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

/** A project that lies in a module. */
export type GroupedProject = GoProject & { readonly group: ModuleGroup; readonly module: Module };

/** The target of a project that runs under a build configuration. */
export function inferTarget(project: GroupedProject, context: TargetContext): InferredTarget {
  const { kind, target, effective, listings, names } = context;
  const row = compiledKind(kind);
  const dirs = (row.of === 'main' ? [project.pkg] : project.members).flatMap((pkg) => pkg?.dir ?? []);
  const reads = targetInputs(targetRequest(row.reads, dirs, project, context), names);
  const facts = factsOf(reads, project, dirs, context);
  const configuration = {
    ...executorAndOptions(kind, effective.executor, { ...target.options, ...pathOptions(row, project, target) }),
    cache: !facts.uncacheable,
    ultracache: DECLARED_INPUTS_HOLD,
    inputs: reads.inputs,
    outputs: outputPaths(row, target, project, effective, listings),
    ...namedConfigurations(row, project, target, effective),
    ...(reads.writers.length > 0 ? { dependsOn: waitFor(reads.writers) } : {}),
    metadata: { description: TARGET_KINDS[kind].description, gopher: facts } as TargetConfiguration['metadata'],
  } as TargetConfiguration;
  const inferred = {
    name: target.targetName,
    externalNodes: reads.externalNodes,
    problems: effective.problems,
    target: configuration,
    optionPaths: optionPaths(effective, configuration, project),
    ...(row.outputPath
      ? { writes: writtenPaths(effective, configuration).map((path) => workspacePath(path, project)) }
      : {}),
  };
  return reads.endlessFile === undefined ? inferred : refusedTarget(inferred, waits(reads.endlessFile));
}

/** What is asked for the inputs of a project's target that works on the packages of directories. */
export function targetRequest(
  reads: TargetRequest['reads'],
  dirs: readonly string[],
  project: GroupedProject,
  { effective, listings, file }: Omit<TargetContext, 'kind'>,
): TargetRequest {
  return {
    reads,
    group: project.group,
    module: project.module,
    dirs,
    projectDir: project.dir,
    listings,
    namedFiles: profiles(effective, project),
    variables: variablesOf(effective),
    implicitDependencies: file?.implicitDependencies ?? [],
    hasDependencies: effective.hasDependencies,
  };
}

/** Tasks to wait for, as `dependsOn` names them. */
export function waitFor(tasks: readonly WritingTask[]): NonNullable<TargetConfiguration['dependsOn']> {
  return tasks.map(({ project, target }) => ({ projects: [project], target }));
}

/** The executor of a target with its options; the shared one is told the kind. */
export function executorAndOptions(
  kind: TargetKind,
  executor: string,
  options: Options,
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

/** Why a target must not run for which go would not come to an end. */
export function waits(file: string): string {
  return `go would wait for ${file}, which is a named pipe or a device. Delete it, or put a regular file in its place.`;
}

function factsOf(
  reads: TargetInputs,
  project: GoProject & { readonly group: ModuleGroup },
  dirs: readonly string[],
  { kind, effective, listings }: TargetContext,
): TargetFacts {
  const uncacheable = [...reads.uncacheable, ...unhashed(effective)];
  const named = profiles(effective, project);
  return {
    buildConfigurations: listings.map(({ listing }) => listing.key),
    ...(reads.cgo ? { cgo: true } : {}),
    ...(dirs.length === 1 && dirs[0] === project.dir ? {} : { packages: dirs }),
    ...(named.length ? { profiles: named } : {}),
    ...(uncacheable.length ? { uncacheable } : {}),
    ...(reads.closure ? { closure: reads.closure } : {}),
    ...(kind === 'build' && isLambdaHandler(project.dir, listings, project.group) ? { lambda: true } : {}),
  };
}

const unhashedParts = new WeakMap<EffectiveOptions, readonly string[]>();

/** Why the options make a target uncacheable; found once for the projects that share them. */
export function unhashed(effective: EffectiveOptions): readonly string[] {
  let reasons = unhashedParts.get(effective);
  if (!reasons) {
    const optionSets = [effective.options, ...effective.configurations.values()];
    reasons = [...new Set(optionSets.flatMap((one) => unhashedOptions(one)))];
    unhashedParts.set(effective, reasons);
  }
  return reasons;
}

import { posix } from 'node:path';

import type { ProjectGraphExternalNode, TargetConfiguration } from '@nx/devkit';
import fastGlob from 'fast-glob';

import { lintReportPath, unhashedLinterFlags, type LinterFacts } from '../../facts/linter-facts.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import { TARGET_KINDS, type LinterTargetKind } from '../../facts/target-kinds.js';
import { splitWords } from '../../go/configuration/words.js';
import { LINTERS, linterOf } from '../../go/linting/linters.js';
import type { Tool } from '../../go/process/find-tool.js';
import type { Inputs } from '../../inputs/embed-patterns.js';
import { workspacePrefix } from '../../inputs/joined-file-sets.js';
import { joinedInputs } from '../../inputs/joined-inputs.js';
import { targetInputs } from '../../inputs/target-inputs.js';
import { toolState } from '../../inputs/tool-state.js';
import type { TargetInputs } from '../../inputs/target-request.js';
import { nearestDir } from '../../paths.js';
import { sealPath } from '../../seals/seal-path.js';
import type { Options } from '../options/option-values.js';
import type { GoProject } from '../projects/projects.js';
import {
  DECLARED_INPUTS_HOLD,
  executorAndOptions,
  refusedTarget,
  targetRequest,
  unhashed,
  waitFor,
  waits,
  type GroupedProject,
  type InferredTarget,
  type TargetContext,
} from '../targets/targets.js';
import { MANIFEST_READERS, type LinterConfiguration } from './linter-configuration.js';

/** What the targets of linters and formatters follow from, beside what all targets under a build configuration do. */
export interface LintingContext extends Omit<TargetContext, 'kind'> {
  readonly kind: LinterTargetKind;
  /** The configurations that count for the project's packages; undefined for those that none counts for. */
  readonly configurations: readonly (readonly [LinterConfiguration | undefined, dirs: readonly string[]])[];
  /** The packages of the `tool` lines of the project's go.mod files. */
  readonly tools: readonly string[];
  /** The version of go that a module's go.mod asks for, its `toolchain` before its `go` line. */
  readonly goVersion: string;
}

/** The target that a linter or a formatter works for. */
export function linterTarget(project: GroupedProject, context: LintingContext): InferredTarget {
  const { kind, target, effective } = context;
  const { options } = effective;
  const dirs = context.configurations.flatMap(([, of]) => of);
  const ofText = isOfText(context);
  const reads = targetInputs(targetRequest('sources', ofText ? [] : dirs, project, context), context.names);
  const reasons = [...reads.uncacheable, ...unhashed(effective), ...unhashedOf(context)];
  const { rewrites, description } = TARGET_KINDS[kind];
  const version = versionNode(project, context);
  const inferred: InferredTarget = {
    name: target.targetName,
    externalNodes: [...reads.externalNodes, version],
    problems: effective.problems,
    target: {
      ...executorAndOptions(kind, effective.executor, target.options),
      cache: !rewrites && reasons.length === 0,
      ultracache: DECLARED_INPUTS_HOLD,
      inputs: joinedInputs([
        ...(ofText ? texts(project, dirs) : []),
        ...reads.inputs,
        ...addedInputs(project, context),
        { externalDependencies: [version.name] },
      ]),
      outputs: reports(kind, options, project, target.targetName),
      ...(reads.writers.length > 0 ? { dependsOn: waitFor(reads.writers) } : {}),
      metadata: { description, gopher: factsOf(reads, project, context, reasons) } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
  return reads.endlessFile === undefined ? inferred : refusedTarget(inferred, waits(reads.endlessFile));
}

/** Linters look at the types of what is imported; formatters at the text alone, but for one that adds imports. */
function isOfText({ kind, configurations }: LintingContext): boolean {
  return TARGET_KINDS[kind].formats && !configurations.some(([one]) => one?.resolvesImports);
}

/** The Go files of the packages, those that git ignores too. */
function texts({ dir: projectDir }: GoProject, dirs: readonly string[]): Inputs {
  return dirs.flatMap((dir) => {
    const fileset = `${dir === projectDir ? '{projectRoot}' : workspacePrefix(dir)}/*.go`;
    return [fileset, { fileset, includeIgnored: true }];
  });
}

function factsOf(
  reads: TargetInputs,
  project: GroupedProject,
  context: LintingContext,
  reasons: readonly string[],
): TargetFacts {
  const configurations: LinterFacts['configurations'] = context.configurations.map(([one, dirs]) => ({
    ...(one ? { file: one.file } : {}),
    dirs,
  }));
  const dirs = configurations.flatMap((one) => one.dirs);
  return {
    buildConfigurations: context.listings.map(({ listing }) => listing.key),
    ...(reads.cgo ? { cgo: true } : {}),
    ...(dirs.length === 1 && dirs[0] === project.dir ? {} : { packages: dirs }),
    linter: { configurations, ...readFiles(project, context) },
    ...(reasons.length > 0 ? { uncacheable: [...new Set(reasons)] } : {}),
    ...(reads.closure ? { closure: reads.closure } : {}),
  };
}

/** What the tool is told, and the tool. */
function addedInputs({ module }: GroupedProject, context: LintingContext): Inputs {
  const { configurations, tools } = context;
  const files = configurations.flatMap(([one]) => (one ? [one.file, ...one.names] : []));
  if (readsManifest(context)) files.push(posix.join(module.dir, 'go.mod'));
  const tool = toolOf(context);
  if (tool === LINTERS.staticcheck) files.push(...configurations.flatMap(([, dirs]) => dirs.flatMap(staticcheckFiles)));
  const isModules = tool !== undefined && tools.includes(tool.importPath);
  const names = tool ? [`${isModules ? 'tool' : 'built'} ${tool.command}`] : [];
  return [
    ...[...new Set(files)].map((file) => ({
      fileset: `{workspaceRoot}/${file
        .split('*')
        .map((part) => fastGlob.escapePath(part))
        .join('*')}`,
      includeIgnored: true,
    })),
    // What PATH holds is the same for all modules: Nx asks for it once.
    ...toolState(isModules ? module.dir : '.', names),
  ];
}

/** Whether go.mod says something to a linter: one that the configuration names, or a flag. */
function readsManifest({ configurations, effective }: LintingContext): boolean {
  const flags = optionLayers(effective).flatMap(({ args }) => splitWords(args as string[] | string | undefined));
  return configurations.some(([one]) => one?.readsManifest) || flags.some((flag) => MANIFEST_READERS.test(flag));
}

function readFiles({ module }: GroupedProject, context: LintingContext): Omit<LinterFacts, 'configurations'> {
  if (readsManifest(context)) return { moduleDir: module.dir, readsFiles: true };
  return context.configurations.some(([one]) => one && one.names.length > 0) ? { readsFiles: true } : {};
}

function optionLayers(effective: LintingContext['effective']): Options[] {
  return [effective.options, ...effective.configurations.values()];
}

/** Where staticcheck looks for its configuration: in the directory of a package, and above it. */
function staticcheckFiles(dir: string): string[] {
  const dirs: string[] = [];
  nearestDir(dir, (above) => {
    dirs.push(above);
    return false;
  });
  return dirs.map((one) => posix.join(one, 'staticcheck.conf'));
}

/** The program that is run; undefined for what comes with go. */
function toolOf({ kind, effective, configurations }: LintingContext): Tool | undefined {
  if (TARGET_KINDS[kind].formats) return configurations.some(([one]) => one) ? LINTERS['golangci-lint'] : undefined;
  return linterOf(effective.options);
}

/** Why nothing can hash the target. */
function unhashedOf({ effective, configurations }: LintingContext): string[] {
  const named = configurations.flatMap(([one]) => one ?? []);
  const layers = optionLayers(effective);
  const flags = layers.flatMap(({ args }) => unhashedLinterFlags(splitWords(args as string[] | string | undefined)));
  const tagged = layers.some(({ tags }) => tags !== undefined) ? undefined : named.find(({ setsTags }) => setsTags);
  return [
    ...named.flatMap(({ uncacheable }) => uncacheable),
    ...flags.map((flag) => `nothing hashes what ${flag} in args reads`),
    ...(tagged ? [`${tagged.file} sets build-tags: name them in the option "tags" of the target, too`] : []),
  ];
}

/** Linters take the version of the language from there, a `toolchain` line before the `go` line. */
function versionNode({ module }: GroupedProject, { goVersion }: LintingContext): ProjectGraphExternalNode {
  // Nx types the name of an external node after its npm ones; any prefix will do.
  const name = `go:language/${module.dir}` as `npm:${string}`;
  return { type: 'go', name, data: { packageName: module.path, version: goVersion || '0', hash: goVersion } };
}

function reports(kind: LinterTargetKind, options: Options, project: GoProject, name: string): string[] {
  if (kind !== 'lint' || !Array.isArray(options['reports']) || options['reports'].length === 0) return [];
  return [lintReportPath(project.dir), sealPath(project.dir, name)].map((path) => `{workspaceRoot}/${path}`);
}

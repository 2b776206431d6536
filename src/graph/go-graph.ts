import type { NxJsonConfiguration, ProjectConfiguration, ProjectGraphExternalNode } from '@nx/devkit';

import { COMPILED_KINDS, compiledKind, type CompiledKind, type CompiledTargetKind } from '../facts/target-kinds.js';
import { sortedByName } from '../by-name.js';
import { isLeftOut } from '../go/listing/package.js';
import { packagesByDir } from '../workspace/listing/closure.js';
import { FOREIGN_FILES_INPUT, foreignFiles, namedSources } from '../inputs/source-patterns.js';
import type { LoadedWorkspace } from '../workspace/load.js';
import { submoduleDirs } from '../workspace/submodules.js';
import type { GroupListing, ModuleGroup, Workspace } from '../workspace/workspace.js';
import { declaredOutputs } from './projects/declared-outputs.js';
import { GeneratorsOfProjects } from './generating/generators-of-projects.js';
import { generatingDirs, inferredOutputs } from './generating/generating.js';
import { LintersOfProjects } from './linting/linters-of-projects.js';
import type { EffectiveOptions } from './options/effective-options.js';
import { keptInference, type Inference } from './kept-inference.js';
import { outputRefusals } from './targets/output-refusals.js';
import { packagesOfOwnConfigurations } from './options/own-configurations.js';
import type { PluginOptions, TargetOptions } from './options/options.js';
import type { ProjectFile } from './projects/project-files.js';
import { GoProjects, type GoProject } from './projects/projects.js';
import { importWalks } from './projects/walks.js';
import { archivePlans, type ArchivePlans } from './packaging/archive-plans.js';
import { moduleTargets } from './targets/module-targets.js';
import { isForPlatforms, archiveTarget, withDeclared } from './packaging/archive-target.js';
import { targetsOfKind } from './options/targets-of-kind.js';
import { SettingsOfTargets, sharedConfigurations, type SharedConfiguration } from './options/target-settings.js';
import { afterStart, hasNeighbours, startTarget } from './targets/start-target.js';
import { coverageTargets } from './targets/coverage-targets.js';
import { programTargets } from './targets/program-targets.js';
import { scanTargets } from './targets/scan-targets.js';
import { inferTarget, refusedTarget, type InferredTarget } from './targets/targets.js';

/** The Go part of the project graph: projects by directory, and the external nodes their inputs name. */
export interface GoGraph extends Omit<Inference, 'configurations'> {
  readonly projects: GoProjects;
  readonly configurations: ReadonlyMap<string, Omit<ProjectConfiguration, 'root'> & { root: string }>;
  /** By group: its packages under each shared build configuration, that of `build` first. */
  readonly listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>;
  /** What the directories' own files say of their projects. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** Infers projects and targets from a workspace. */
export async function inferGraph(
  workspace: LoadedWorkspace,
  options: PluginOptions,
  nxJson: NxJsonConfiguration,
  files: ReadonlyMap<string, ProjectFile>,
  configuredDirs: ReadonlySet<string>,
): Promise<GoGraph> {
  const shared = sharedConfigurations(options, nxJson);
  const bases = await listBases(workspace, shared);
  const ownPackages = await packagesOfOwnConfigurations(workspace, options, nxJson, files, bases);
  const configured = { options, nxJson, files };
  const walks = importWalks({ options, nxJson, files, shared, listings: bases, configuredDirs });
  const declared = declaredOutputs(files, nxJson, inferredOutputs(generatingDirs(workspace, options), configured));
  const submodules = submoduleDirs(workspace.root);
  const { granularity } = options;
  const projects = new GoProjects(workspace, bases, ownPackages, files, granularity, declared, walks, submodules);
  const generating = new GeneratorsOfProjects(workspace, bases, projects, configured);
  const linting = new LintersOfProjects(workspace, projects, options);
  const mixed = hasNeighbours({ nxJson, goDirs: projects.byDir.keys(), configuredDirs, files });
  const origin = [
    options,
    nxJson,
    [...files],
    [...bases.values()],
    [...ownPackages],
    mixed,
    walks && [...configuredDirs],
    projects.submodules,
    [...generating.byDir],
    linting.origin,
  ];
  const { configurations, ...inference } = await keptInference(workspace, origin, (listing) => {
    const packaging = archivePlans(projects, configured);
    const settings = new SettingsOfTargets(listing, nxJson, files, shared, bases, packaging.together);
    return inferAll({ ...configured, projects, packaging, settings, mixed, bases, generating, linting }, shared);
  });
  return { projects, configurations: new Map(configurations), listings: bases, files, ...inference };
}

async function inferAll(context: Context, shared: readonly SharedConfiguration[]): Promise<Inference> {
  const { projects, bases } = context;
  const inferred = await Promise.all(
    [...projects.byDir.values()].map(async (project) => ({ project, targets: await inferTargets(project, context) })),
  );
  const host = inferred.find(({ project }) => project.ownsManifest && project.module)?.project.name;
  const clashes = outputRefusals(inferred);
  const nodes = new Map<string, ProjectGraphExternalNode>();
  const configurations = inferred.map(({ project, targets }): [string, ProjectConfiguration] => {
    const runnable = targets.map((target) => {
      const { name, problems = [] } = target;
      const reason = problems.length > 0 ? problems.join('\n') : clashes.get(`${project.name}:${name}`);
      const checked = reason ? refusedTarget(target, reason) : target;
      return context.mixed && host ? afterStart(checked, host) : checked;
    });
    for (const { externalNodes } of runnable) for (const node of externalNodes) nodes.set(node.name, node);
    const variants = project.group ? (bases.get(project.group) ?? []) : [];
    return [project.dir, configurationOf(project, runnable, namedInputs(project, projects, shared, variants))];
  });
  const externalNodes = Object.fromEntries(sortedByName(nodes));
  const wrong = inferred.flatMap(({ targets }) => targets.flatMap(({ problems = [] }) => problems));
  return { configurations, externalNodes, clashes: [...new Set([...wrong, ...clashes.values()])] };
}

function configurationOf(
  project: GoProject,
  targets: readonly InferredTarget[],
  inputs: NonNullable<ProjectConfiguration['namedInputs']>,
): ProjectConfiguration {
  return {
    root: project.dir,
    name: project.name,
    projectType: project.pkg?.name === 'main' ? 'application' : 'library',
    sourceRoot: project.dir,
    namedInputs: inputs,
    targets: Object.fromEntries(targets.map(({ name, target }) => [name, target])),
    metadata: metadata(project),
  };
}

/** Lists each group under all the shared build configurations. */
async function listBases(
  workspace: Workspace,
  shared: readonly SharedConfiguration[],
): Promise<ReadonlyMap<ModuleGroup, readonly GroupListing[]>> {
  const listings = workspace.groups.map(async (group): Promise<[ModuleGroup, GroupListing[]]> => [
    group,
    await Promise.all(shared.map(({ options }) => workspace.list(group, options))),
  ]);
  return new Map(await Promise.all(listings));
}

interface Context {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly projects: GoProjects;
  readonly files: ReadonlyMap<string, ProjectFile>;
  readonly packaging: ArchivePlans;
  readonly settings: SettingsOfTargets;
  /** By group: its packages under each shared build configuration. */
  readonly bases: ReadonlyMap<ModuleGroup, readonly GroupListing[]>;
  readonly generating: GeneratorsOfProjects;
  readonly linting: LintersOfProjects;
  /** Whether the workspace holds more than Go. */
  readonly mixed: boolean;
}

async function inferTargets(project: GoProject, context: Context): Promise<InferredTarget[]> {
  const { options, projects } = context;
  const inferred: InferredTarget[] = [];
  const file = context.files.get(project.dir);
  const { group, module } = project;
  const scope = group && module ? { ...project, group, module } : undefined;
  const infer = async (kind: CompiledTargetKind, target: TargetOptions, effective?: EffectiveOptions) => {
    if (!scope) return [];
    const settings = effective
      ? { effective, listings: await context.settings.listingsOf(effective, scope) }
      : await context.settings.of(kind, target, scope);
    const leavesSome = compiledKind(kind).of === 'main' ? leavesProgram : isThere;
    if (!settings.listings.some(({ listing }) => leavesSome(project, listing, projects))) return [];
    return [inferTarget(scope, { kind, target, ...settings, names: projects, file })];
  };
  const inferKinds = async (scope: CompiledKind['of']): Promise<void> => {
    for (const kind of COMPILED_KINDS.filter((one) => compiledKind(one).of === scope))
      for (const target of targetsOfKind(kind, options, file)) inferred.push(...(await infer(kind, target)));
  };
  if (project.pkg?.name === 'main') await inferKinds('main');
  inferred.push(...targetsOfBuild(project, inferred, { options, nxJson: context.nxJson, file }));
  const plan = context.packaging.plans.get(project);
  if (plan && scope) {
    for (const platform of plan.builds) {
      const [build] = await infer('build', platform.target, platform.effective);
      if (build) inferred.push(withDeclared(build, platform));
    }
    const listings = await Promise.all(plan.packed.map((effective) => context.settings.listingsOf(effective, scope)));
    const builds = inferred.map(({ name }) => name);
    // A main for another system alone has no build here, and no archive unless an option or the format names platforms.
    if (builds.length > 0 || isForPlatforms(plan)) {
      inferred.push(archiveTarget(project, plan, listings.flat(), projects, builds));
    }
  }
  if (project.members.length > 0) await inferKinds('packages');
  inferred.push(...(await targetsOfTools(project, context)), ...targetsOfModule(project, context));
  inferred.push(...coverageTargets(project, projects.byDir.values(), { options, nxJson: context.nxJson, file }));
  return inferred;
}

/** What works with the binary that a build makes. */
function targetsOfBuild(...of: Parameters<typeof programTargets>): InferredTarget[] {
  return [...programTargets(...of), ...scanTargets(...of)];
}

/** What generators, linters and formatters work for. */
async function targetsOfTools(project: GoProject, context: Context): Promise<InferredTarget[]> {
  const { group, module } = project;
  if (!group || !module) return [];
  const of = [{ ...project, group, module }, context.settings, context.files.get(project.dir)] as const;
  return [...(await context.generating.targetsOf(...of)), ...(await context.linting.targetsOf(...of))];
}

function targetsOfModule(project: GoProject, context: Context): InferredTarget[] {
  const { module, group, ownsManifest } = project;
  if (!ownsManifest || !module) return [];
  const [file, listing] = [context.files.get(project.dir), group && context.bases.get(group)?.[0]];
  return [...moduleTargets({ ...project, module }, { ...context, file, listing }), startTarget];
}

/** Whether a build configuration includes files of the project's packages. */
function isThere(project: GoProject, { packages }: GroupListing): boolean {
  return project.members.some(({ dir }) => {
    const pkg = packagesByDir(packages).get(dir);
    return pkg !== undefined && !isLeftOut(pkg);
  });
}

/**
 * Whether a build configuration leaves more of a main package than tests. What cannot be loaded counts, so that its
 * build fails; what tasks have yet to write counts, too.
 */
function leavesProgram({ dir }: GoProject, { packages }: GroupListing, projects: GoProjects): boolean {
  const pkg = packagesByDir(packages).get(dir);
  if (!pkg || isLeftOut(pkg)) return false;
  const isWritten = pkg.files.some((file) => file.endsWith('.go')) || projects.generatedSources(dir).length > 0;
  return isWritten || pkg.errors.length > 0;
}

function namedInputs(
  project: GoProject,
  projects: GoProjects,
  shared: readonly SharedConfiguration[],
  variants: readonly GroupListing[],
): NonNullable<ProjectConfiguration['namedInputs']> {
  const inputs: NonNullable<ProjectConfiguration['namedInputs']> = {};
  const platform = projects.platformOf(project.dir);
  if (platform) inputs[FOREIGN_FILES_INPUT] = foreignFiles([platform], '{projectRoot}');
  if (projects.sourcesOf(project.dir)) {
    for (const [index, { packages, configuration }] of variants.entries()) {
      const pkg = packages.get(project.pkg?.importPath ?? '');
      if (pkg)
        inputs[shared[index]?.sourcesInput ?? ''] = namedSources([{ pkg, configuration }], {
          prefix: '{projectRoot}',
          generated: projects.generatedSources(project.dir),
          submodule: projects.submoduleOf(project.dir),
        });
    }
  }
  // It names no files: that a task's plan holds the project is what makes `nx affected` select it for a changed
  // manifest.
  if (project.ownsManifest) inputs['goModule'] = [];
  return inputs;
}

function metadata({ pkg, module }: GoProject): NonNullable<ProjectConfiguration['metadata']> {
  const errors = [...(pkg?.errors ?? []), ...(pkg?.testErrors ?? [])].map(({ position, message }) =>
    position ? `${position}: ${message}` : message,
  );
  const what = pkg ? (pkg.name === 'main' ? 'Go main package' : 'Go package') : module ? 'Go module' : 'Go workspace';
  return {
    technologies: ['go'],
    description: `${what} ${pkg?.importPath ?? module?.path ?? ''}`.trim(),
    ...(errors.length ? { gopher: { errors } } : {}),
  };
}

import type { NxJsonConfiguration, ProjectConfiguration, ProjectGraphExternalNode } from '@nx/devkit';

import type { BuildConfigurationOptions } from '../go/build-configuration.js';
import type { TargetListing } from '../inputs/target-inputs.js';
import { FOREIGN_FILES_INPUT, foreignFiles, sourcePatterns } from '../inputs/source-patterns.js';
import type { GroupListing, ModuleGroup, Workspace } from '../workspace/workspace.js';
import { generatedSources } from './declared-outputs.js';
import { buildConfigurationsOf, effectiveOptions, type EffectiveOptions } from './effective-options.js';
import type { PluginOptions, TargetKind, TargetOptions } from './options.js';
import type { ProjectFile } from './project-files.js';
import { GoProjects, type GoProject } from './projects.js';
import { inferTarget, tidyTarget, type InferredTarget } from './targets.js';

/** The Go part of the project graph: projects by directory, and the external nodes their inputs name. */
export interface GoGraph {
  readonly projects: GoProjects;
  readonly configurations: ReadonlyMap<string, Omit<ProjectConfiguration, 'root'> & { root: string }>;
  readonly externalNodes: Readonly<Record<string, ProjectGraphExternalNode>>;
  /** By group: its packages under each build configuration of the plugin's options, that of `build` first. */
  readonly listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>;
  /** What the directories' own files say of their projects. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** Infers projects and targets from a workspace. */
export async function inferGraph(
  workspace: Workspace,
  options: PluginOptions,
  nxJson: NxJsonConfiguration,
  files: ReadonlyMap<string, ProjectFile>,
): Promise<GoGraph> {
  const shared = sharedConfigurations(options);
  const bases = new Map<ModuleGroup, GroupListing[]>();
  await Promise.all(
    workspace.groups.map(async (group) =>
      bases.set(group, await Promise.all(shared.map(({ options: wanted }) => workspace.list(group, wanted)))),
    ),
  );
  const projects = new GoProjects(workspace, bases, files, options.granularity, generatedSources(files, nxJson));
  const externalNodes: Record<string, ProjectGraphExternalNode> = {};
  const configurations = new Map<string, ProjectConfiguration>();
  for (const project of projects.byDir.values()) {
    const targets = await inferTargets(project, { workspace, options, nxJson, projects, shared, bases, files });
    for (const { externalNodes: nodes } of targets) for (const node of nodes) externalNodes[node.name] = node;
    const variants = project.group ? (bases.get(project.group) ?? []) : [];
    configurations.set(project.dir, {
      root: project.dir,
      name: project.name,
      projectType: project.pkg?.name === 'main' ? 'application' : 'library',
      sourceRoot: project.dir,
      namedInputs: namedInputs(project, projects, shared, variants),
      targets: Object.fromEntries(targets.map(({ name, target }) => [name, target])),
      metadata: metadata(project),
    });
  }
  return { projects, configurations, externalNodes, listings: bases, files };
}

/** A build configuration of the plugin's options: it holds for all packages, so libraries name their sources for it. */
interface SharedConfiguration {
  readonly options: BuildConfigurationOptions;
  readonly id: string;
  readonly sourcesInput: string;
}

interface Inference {
  readonly workspace: Workspace;
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly projects: GoProjects;
  readonly shared: readonly SharedConfiguration[];
  readonly bases: ReadonlyMap<ModuleGroup, readonly GroupListing[]>;
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** The build configurations that the plugin's options name, each once, that of `build` first. */
function sharedConfigurations({ targets }: PluginOptions): SharedConfiguration[] {
  const kinds = [targets.build, targets.test, targets.vet];
  const all = kinds.flatMap((kind) => (kind ? buildConfigurationsOf(kind) : []));
  const unique = new Map((all.length ? all : [{}]).map((options) => [JSON.stringify(options), options]));
  return [...unique].map(([id, options], index) => ({
    options,
    id,
    sourcesInput: index === 0 ? 'goSources' : `goSources-${index + 1}`,
  }));
}

async function inferTargets(project: GoProject, inference: Inference): Promise<InferredTarget[]> {
  const { options, projects, nxJson, files } = inference;
  const { build, test, vet, tidy } = options.targets;
  const inferred: InferredTarget[] = [];
  const infer = async (kind: Exclude<TargetKind, 'tidy'>, target: TargetOptions | undefined): Promise<void> => {
    if (!target || !project.group || !project.module) return;
    const file = files.get(project.dir);
    const effective = effectiveOptions(kind, target, nxJson, file);
    const listings = await targetListings(project, effective, inference);
    const scope = { ...project, group: project.group, module: project.module };
    inferred.push(inferTarget(scope, { kind, target, effective, listings, names: projects, file }));
  };
  if (project.pkg?.name === 'main') await infer('build', build);
  if (project.members.length > 0) {
    await infer('test', test);
    await infer('vet', vet);
  }
  if (project.ownsManifest && project.module && tidy) inferred.push(tidyTarget(project, tidy));
  return inferred;
}

/** The listings for all build configurations that a project's target can run under. */
async function targetListings(
  project: GoProject,
  effective: EffectiveOptions,
  { workspace, shared, bases }: Inference,
): Promise<TargetListing[]> {
  const group = project.group as ModuleGroup;
  const wanted = new Map(buildConfigurationsOf(effective).map((one) => [JSON.stringify(one), one]));
  const dirs = project.members.map((pkg) => pkg.dir);
  return Promise.all(
    [...wanted].map(async ([id, one]): Promise<TargetListing> => {
      const index = shared.findIndex((candidate) => candidate.id === id);
      const listing = bases.get(group)?.[index];
      if (listing) return { listing, sourcesInput: shared[index]?.sourcesInput };
      return { listing: await workspace.list(group, one, dirs), sourcesInput: undefined };
    }),
  );
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
      const pkg = packages[project.pkg?.importPath ?? ''];
      if (pkg)
        inputs[shared[index]?.sourcesInput ?? ''] = sourcePatterns([{ pkg, configuration }], {
          prefix: '{projectRoot}',
          platform,
          generated: projects.generatedSources(project.dir),
        });
    }
  }
  // It names no files: that a task's plan holds the project is what makes `nx affected` select it for a changed manifest.
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
    gopher: { ...(pkg ? { importPath: pkg.importPath } : {}), ...(errors.length ? { errors } : {}) },
  };
}

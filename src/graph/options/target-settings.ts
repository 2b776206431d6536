import type { NxJsonConfiguration } from '@nx/devkit';

import { COMPILED_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import type { BuildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import { SOURCES_INPUT } from '../../facts/sources-input.js';
import type { TargetListing } from '../../inputs/target-request.js';
import type { GroupListing, ModuleGroup, Workspace } from '../../workspace/workspace.js';
import { buildConfigurationsOf, effectiveOptions, type EffectiveOptions } from './effective-options.js';
import type { PluginOptions, TargetOptions } from './options.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';

/**
 * A build configuration that the plugin's options and nx.json's targetDefaults lead to: it holds for all packages, so
 * libraries name their sources for it.
 */
export interface SharedConfiguration {
  readonly options: BuildConfigurationOptions;
  readonly id: string;
  readonly sourcesInput: string;
}

/** The build configurations of all projects that no file of their own configures, each once, that of `build` first. */
export function sharedConfigurations({ targets }: PluginOptions, nxJson: NxJsonConfiguration): SharedConfiguration[] {
  const optionSets = COMPILED_KINDS.flatMap((kind) => {
    const target = targets[kind];
    return target ? buildConfigurationsOf(effectiveOptions(kind, target, nxJson, undefined)) : [];
  });
  const unique = new Map((optionSets.length ? optionSets : [{}]).map((options) => [JSON.stringify(options), options]));
  return [...unique].map(([id, options], index) => ({
    options,
    id,
    sourcesInput: index === 0 ? SOURCES_INPUT : `${SOURCES_INPUT}-${index + 1}`,
  }));
}

/** How a target will run: its options, and the listings for all build configurations that they lead to. */
export interface TargetSettings {
  readonly effective: EffectiveOptions;
  readonly listings: readonly TargetListing[];
}

/** Finds the settings of targets; once for all projects of a group that no file of their own configures. */
export class SettingsOfTargets {
  private readonly common = new Map<ModuleGroup, Map<TargetKind, TargetSettings>>();

  /**
   * @param bases by group: its listings under the shared configurations, in their order.
   * @param together by group and build configuration: directories that go lists in one process, because all need it.
   */
  constructor(
    private readonly workspace: Workspace,
    private readonly nxJson: NxJsonConfiguration,
    private readonly files: ReadonlyMap<string, ProjectFile>,
    private readonly shared: readonly SharedConfiguration[],
    private readonly bases: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
    private readonly together: ReadonlyMap<ModuleGroup, ReadonlyMap<string, readonly string[]>>,
  ) {}

  async of(
    kind: TargetKind,
    target: TargetOptions,
    project: GoProject & { readonly group: ModuleGroup },
  ): Promise<TargetSettings> {
    const file = this.files.get(project.dir);
    const ofGroup = this.common.get(project.group) ?? new Map<TargetKind, TargetSettings>();
    const earlier = file ? undefined : ofGroup.get(kind);
    if (earlier) return earlier;
    const effective = effectiveOptions(kind, target, this.nxJson, file, project);
    const settings = { effective, listings: await this.listingsOf(effective, project) };
    const isCommon = settings.listings.every(({ sourcesInput }) => sourcesInput !== undefined);
    if (!file && isCommon) this.common.set(project.group, ofGroup.set(kind, settings));
    return settings;
  }

  /** The listings for all build configurations that options lead to. */
  async listingsOf(
    effective: EffectiveOptions,
    { group, dir, members }: GoProject & { readonly group: ModuleGroup },
  ): Promise<TargetListing[]> {
    const wanted = new Map(buildConfigurationsOf(effective).map((one) => [JSON.stringify(one), one]));
    const listings = [...wanted].map(async ([id, one]): Promise<TargetListing> => {
      const shared = this.sharedListing(group, id);
      if (shared) return shared;
      const others = this.together.get(group)?.get(id) ?? [];
      const dirs = others.includes(dir) ? others : members.map((pkg) => pkg.dir);
      return { listing: await this.workspace.list(group, one, dirs), sourcesInput: undefined };
    });
    return Promise.all(listings);
  }

  private sharedListing(group: ModuleGroup, id: string): TargetListing | undefined {
    const index = this.shared.findIndex((candidate) => candidate.id === id);
    const listing = this.bases.get(group)?.[index];
    return listing && { listing, sourcesInput: this.shared[index]?.sourcesInput };
  }
}

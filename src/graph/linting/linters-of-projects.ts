import { posix } from 'node:path';

import { LINTER_KINDS, TARGET_KINDS, type LinterTargetKind } from '../../facts/target-kinds.js';
import { linterOf } from '../../go/linting/linters.js';
import { languageVersion } from '../../go/modules/mod-file.js';
import type { LoadedWorkspace } from '../../workspace/load.js';
import { toolsOf } from '../../workspace/modules/tools.js';
import type { EffectiveOptions } from '../options/effective-options.js';
import type { PluginOptions } from '../options/options.js';
import type { SettingsOfTargets } from '../options/target-settings.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProjects } from '../projects/projects.js';
import type { GroupedProject, InferredTarget } from '../targets/targets.js';
import { LinterConfigurations, type LinterConfiguration } from './linter-configuration.js';
import { linterTarget } from './linter-targets.js';

type Parts = readonly (readonly [LinterConfiguration | undefined, dirs: readonly string[]])[];

/** The kinds of which one is wanted where the other one is. */
const PAIRS: Readonly<Record<LinterTargetKind, LinterTargetKind>> = {
  lint: 'lint-fix',
  'lint-fix': 'lint',
  format: 'format-check',
  'format-check': 'format',
};

/** The configurations of linters in a workspace, and the targets that follow from them. */
export class LintersOfProjects {
  private readonly configurations: LinterConfigurations;

  constructor(
    private readonly workspace: LoadedWorkspace,
    private readonly projects: GoProjects,
    private readonly options: PluginOptions,
  ) {
    this.configurations = new LinterConfigurations(workspace);
  }

  /** All that inference takes from the configurations. */
  get origin(): readonly LinterConfiguration[] {
    return this.configurations.all;
  }

  /** The targets of a project for whose packages a configuration counts, or for which nx.json asks. */
  async targetsOf(
    project: GroupedProject,
    settings: SettingsOfTargets,
    file: ProjectFile | undefined,
  ): Promise<InferredTarget[]> {
    const inferred: InferredTarget[] = [];
    for (const kind of LINTER_KINDS) {
      const target = this.options.targets[kind];
      if (!target || !this.isWanted(kind, project)) continue;
      const { effective, listings } = await settings.of(kind, target, project);
      const configurations = this.partsOf(kind, project, effective);
      if (configurations.length === 0) continue;
      const tools = toolsOf(this.workspace, project.group);
      const goVersion = languageVersion(
        this.workspace.manifests.at(posix.join(project.module.dir, 'go.mod')).directives,
      );
      const context = { kind, target, effective, listings, names: this.projects, file, configurations, tools };
      inferred.push(linterTarget(project, { ...context, goVersion }));
    }
    return inferred;
  }

  private isAsked(kind: LinterTargetKind): boolean {
    const { targets } = this.options;
    return [kind, PAIRS[kind]].some((one) => targets[one]?.isAsked === true);
  }

  private isWanted(kind: LinterTargetKind, { members }: GroupedProject): boolean {
    return this.isAsked(kind) || members.some(({ dir }) => this.configurations.of(dir) !== undefined);
  }

  /** The project's packages by the configuration that counts for them. */
  private partsOf(kind: LinterTargetKind, { members }: GroupedProject, { options }: EffectiveOptions): Parts {
    const parts = new Map<LinterConfiguration | undefined, string[]>();
    for (const { dir } of members) {
      const nearest = this.configurations.of(dir);
      const configuration = nearest && counts(kind, nearest, options) ? nearest : undefined;
      // Without a configuration it takes a line in nx.json.
      if (configuration === undefined && !this.isAsked(kind)) continue;
      parts.set(configuration, [...(parts.get(configuration) ?? []), dir]);
    }
    return [...parts];
  }
}

function counts(
  kind: LinterTargetKind,
  configuration: LinterConfiguration,
  options: EffectiveOptions['options'],
): boolean {
  if (TARGET_KINDS[kind].formats) return configuration.formats;
  return linterOf(options)?.command === 'golangci-lint';
}

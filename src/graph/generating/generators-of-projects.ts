import { GENERATOR_KINDS } from '../../facts/target-kinds.js';
import type { LoadedWorkspace } from '../../workspace/load.js';
import type { GroupListing, ModuleGroup } from '../../workspace/workspace.js';
import type { SettingsOfTargets } from '../options/target-settings.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProjects } from '../projects/projects.js';
import type { GroupedProject, InferredTarget } from '../targets/targets.js';
import { generateTarget } from './generate-targets.js';
import { GeneratingOrder, outputsOf, vouchedTools, type Configured } from './generating.js';
import { generatorsOf, type GeneratorsByDir } from './generators.js';

/** The generators of a workspace, and the targets that run them. */
export class GeneratorsOfProjects {
  /** All that inference takes from the sources, beside listings. */
  readonly byDir: GeneratorsByDir;
  private readonly order: GeneratingOrder;

  constructor(
    workspace: LoadedWorkspace,
    listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
    private readonly projects: GoProjects,
    private readonly configured: Configured,
  ) {
    const fileOf = (dir: string): string => projects.projectOf(dir)?.dir ?? dir;
    this.byDir = generatorsOf(workspace, listings, (dir) => vouchedTools(fileOf(dir), configured));
    this.order = new GeneratingOrder(this.byDir, projects, ({ group }) => group && listings.get(group)?.[0]);
  }

  /** The targets of a project whose packages have generators. */
  async targetsOf(
    project: GroupedProject,
    settings: SettingsOfTargets,
    file: ProjectFile | undefined,
  ): Promise<InferredTarget[]> {
    const generators = project.members.flatMap(({ dir }) => {
      const ofPackage = this.byDir.get(dir);
      return ofPackage ? [[dir, ofPackage] as const] : [];
    });
    if (generators.length === 0) return [];
    const { targets } = this.configured.options;
    const generateName = targets.generate?.targetName ?? 'generate';
    const outputs = outputsOf(project.dir, this.configured);
    const inferred: InferredTarget[] = [];
    for (const kind of GENERATOR_KINDS) {
      const target = targets[kind];
      if (!target) continue;
      const { effective, listings } = await settings.of(kind, target, project);
      const before = kind === 'generate' ? this.order.before(project, generateName) : [];
      const context = { kind, target, effective, listings, names: this.projects, file, generators, outputs };
      inferred.push(generateTarget(project, { ...context, generateName, before }));
    }
    return inferred;
  }
}

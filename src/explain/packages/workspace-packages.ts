import type { ProjectGraph } from '@nx/devkit';

import { targetFacts } from '../../facts/target-facts.js';
import { kindOfTarget, readsTests } from '../../facts/target-kinds.js';
import { buildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import type { Listing, Package } from '../../go/listing/package.js';
import { nearestDir } from '../../paths.js';
import { packagesByDir } from '../../workspace/listing/closure.js';
import { importChain } from '../../workspace/listing/import-chain.js';
import { openWorkspace, type LoadedWorkspace } from '../../workspace/load.js';
import type { TaskName } from '../workspace-tasks.js';
import type { ModuleGroup } from '../../workspace/workspace.js';

/** The packages of a workspace, as the graph lists them: from what is kept where nothing has changed. */
export class WorkspacePackages {
  private constructor(private readonly workspace: LoadedWorkspace) {}

  static async load(root: string): Promise<WorkspacePackages> {
    return new WorkspacePackages(await openWorkspace(root));
  }

  /** The packages of a task; undefined where they cannot be listed. */
  async of(
    { project, target: name, configuration }: TaskName,
    { nodes }: ProjectGraph,
  ): Promise<TaskPackages | undefined> {
    const data = nodes[project]?.data;
    const target = data?.targets?.[name];
    if (!data || !target) return undefined;
    const kind = kindOfTarget(target);
    const dirs = targetFacts(target)?.packages ?? [data.root];
    const options = buildConfigurationOptions({ ...target.options, ...target.configurations?.[configuration ?? ''] });
    for (const group of this.workspace.groups) {
      const { packages } = await this.workspace.list(group, options);
      const roots = dirs.flatMap((dir) => packagesByDir(packages).get(dir) ?? []);
      if (roots.length > 0) return new TaskPackages(group, packages, roots, kind !== undefined && readsTests(kind));
    }
    return undefined;
  }
}

/** The packages of a task, and all that it could import. */
export class TaskPackages {
  constructor(
    /** The modules that go loads together with the task's. */
    readonly group: ModuleGroup,
    readonly listing: Listing,
    /** The packages that the task builds, vets or tests. */
    readonly roots: readonly Package[],
    /** Whether the task holds their tests, too. */
    readonly tests: boolean,
  ) {}

  /** The package that a file belongs to: that of its directory, or of one above, which may embed or open it. */
  packageOf(file: string): Package | undefined {
    const byDir = packagesByDir(this.listing);
    const dir = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    const nearest = nearestDir(dir, (one) => byDir.has(one));
    return nearest === undefined ? undefined : byDir.get(nearest);
  }

  /** The directories of the packages from the task to that of a file: each imports the next. */
  chainTo(file: string): string[] | undefined {
    const target = this.packageOf(file);
    const paths = this.roots.map(({ importPath }) => importPath);
    const chain = target && importChain(this.listing, paths, target.importPath, { tests: this.tests });
    return chain?.map((path) => this.listing.get(path)?.dir ?? path);
  }
}

import type { ProjectGraph, TargetConfiguration } from '@nx/devkit';

import { targetFacts } from '../../facts/target-facts.js';
import { kindOfTarget } from '../../facts/target-kinds.js';
import { buildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import type { Listing, Package } from '../../go/listing/package.js';
import { isInWorkspace } from '../../paths.js';
import { Closures, packagesByDir } from '../../workspace/listing/closure.js';
import type { BitSet } from '../../workspace/listing/bit-set.js';
import type { LoadedWorkspace } from '../../workspace/load.js';

/** A package of the workspace, under the default build configuration. */
export interface WorkspacePackage {
  readonly package: Package;
  readonly listing: Listing;
  /** Its module's path. */
  readonly module: string;
}

/** A build or a test, and what it is made of. */
export interface HoldingTask {
  readonly kind: 'build' | 'test';
  readonly listing: Listing;
  /** Numbers of packages, by their order in the listing. */
  readonly closure: BitSet;
}

/** What the insights are drawn from: packages, and the builds and tests that hold them. */
export class WorkspaceModel {
  private constructor(
    /** By directory from the workspace's root. */
    readonly packages: ReadonlyMap<string, WorkspacePackage>,
    readonly tasks: readonly HoldingTask[],
  ) {}

  /** From what is kept where nothing has changed since the last graph. */
  static async load(graph: ProjectGraph, workspace: LoadedWorkspace): Promise<WorkspaceModel> {
    const packages = new Map<string, WorkspacePackage>();
    for (const group of workspace.groups) {
      const { packages: listing } = await workspace.list(group, {});
      for (const pkg of listing.values()) {
        const isOwn = group.modules.some(({ packageDirs }) => packageDirs.includes(pkg.dir));
        if (!isWorkspaceCode(pkg) || (packages.has(pkg.dir) && !isOwn)) continue;
        packages.set(pkg.dir, { package: pkg, listing, module: pkg.module?.path ?? '' });
      }
    }
    return new WorkspaceModel(packages, await holdingTasks(graph, workspace));
  }

  /** The packages of the workspace that a package imports, and with `tests` its tests too. */
  importsOf({ package: pkg, listing }: WorkspacePackage, tests: boolean): WorkspacePackage[] {
    const paths = new Set([...pkg.imports, ...(tests ? pkg.testImports : [])]);
    return [...paths].flatMap((path) => {
      const imported = listing.get(path);
      return (imported && imported.importPath !== pkg.importPath && this.packages.get(imported.dir)) || [];
    });
  }
}

function isWorkspaceCode({ dir, module, files, testFiles, ignoredFiles }: Package): boolean {
  const isThere = files.length + testFiles.length + ignoredFiles.length > 0;
  return isThere && isInWorkspace(dir) && !module?.version && !/(^|\/)vendor\//.test(dir);
}

async function holdingTasks(graph: ProjectGraph, workspace: LoadedWorkspace): Promise<HoldingTask[]> {
  const found: HoldingTask[] = [];
  for (const { data } of Object.values(graph.nodes)) {
    for (const target of Object.values(data.targets ?? {})) {
      const kind = targetFacts(target) === undefined ? undefined : kindOfTarget(target);
      if (kind !== 'build' && kind !== 'test') continue;
      const dirs = targetFacts(target)?.packages ?? [data.root];
      const held = await heldBy(dirs, target, kind, workspace);
      if (held) found.push({ kind, ...held });
    }
  }
  return found;
}

async function heldBy(
  dirs: readonly string[],
  target: TargetConfiguration,
  kind: HoldingTask['kind'],
  workspace: LoadedWorkspace,
): Promise<Pick<HoldingTask, 'listing' | 'closure'> | undefined> {
  const options = buildConfigurationOptions(Object(target.options) as object as Readonly<Record<string, unknown>>);
  for (const group of workspace.groups) {
    const { packages: listing } = await workspace.list(group, options);
    const roots = dirs.flatMap((dir) => packagesByDir(listing).get(dir) ?? []);
    if (roots.length === 0) continue;
    const paths = roots.map(({ importPath }) => importPath);
    const closures = Closures.of(listing);
    return { listing, closure: kind === 'test' ? closures.testClosure(paths) : closures.closure(paths) };
  }
  return undefined;
}

import type { Package } from '../go/listing/package.js';
import { isInWorkspace } from '../paths.js';
import type { GroupListing, ModuleGroup } from '../workspace/workspace.js';

/**
 * The longest way that Nx may have to go from one project to the next: it calls itself for each step, and crashes
 * somewhere between 2,500 and 5,000 of them.
 */
const LONGEST_WAY = 500;

/**
 * Which edges between projects an input of a project's dependencies (`dependencies: true`) may follow. It follows all
 * there are from each project that it comes to, so projects of packages that others import have edges for the imports
 * of their sources alone; those of packages that nobody imports are never come to, and keep the rest.
 */
export class ImportWalks {
  private readonly groups = new Map<ModuleGroup, Passages>();

  /**
   * @param listings by group: its packages under the shared build configurations.
   * @param leadsElsewhere whether a package's project may have edges that do not stand for imports, or lack some that
   * do.
   */
  constructor(
    private readonly listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
    readonly leadsElsewhere: (pkg: Package) => boolean,
  ) {}

  /** Whether others import the package in a directory, so that a walk may come to its project. */
  passes({ dir }: Pick<Package, 'dir'>, group: ModuleGroup): boolean {
    return this.of(group).imported.has(dir);
  }

  /** Whether a walk ends at the package's project for it would get too long: it has no edges for its imports. */
  endsAt({ dir }: Pick<Package, 'dir'>, group: ModuleGroup): boolean {
    return this.of(group).ends.has(dir);
  }

  /** Packages that other build configurations have a package import. */
  importedElsewhere({ importPath, imports }: Package, group: ModuleGroup): Package[] {
    const listings = this.listings.get(group) ?? [];
    if (listings.length < 2) return [];
    const ownImports = new Set(imports);
    return listings.flatMap(({ packages }) =>
      (packages.get(importPath)?.imports ?? []).flatMap((path) =>
        ownImports.has(path) ? [] : (packages.get(path) ?? []),
      ),
    );
  }

  private of(group: ModuleGroup): Passages {
    let passages = this.groups.get(group);
    if (!passages) {
      passages = findPassages((this.listings.get(group) ?? []).flatMap(({ packages }) => [...packages.values()]));
      this.groups.set(group, passages);
    }
    return passages;
  }
}

/** Directories of packages. */
interface Passages {
  readonly imported: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
}

function findPassages(packages: readonly Package[]): Passages {
  const inWorkspace = packages.filter(({ dir }) => isOwnDirectory(dir));
  const dirs = new Map(inWorkspace.map(({ importPath, dir }) => [importPath, dir]));
  const imports = new Map<string, Set<string>>();
  const imported = new Set<string>();
  for (const pkg of inWorkspace) {
    const importedDirs = imports.get(pkg.dir) ?? new Set<string>();
    imports.set(pkg.dir, importedDirs);
    for (const path of pkg.imports) if (dirs.has(path)) importedDirs.add(dirs.get(path) as string);
    for (const path of pkg.testImports) if (dirs.has(path)) imported.add(dirs.get(path) as string);
  }
  for (const dirsOfOne of imports.values()) for (const dir of dirsOfOne) imported.add(dir);
  return { imported, ends: endsOfWalks(imports) };
}

/**
 * The directories whose imports are as many steps away from where the last walk ended as one may take. Those on an
 * import cycle, and those above one, are ends all.
 */
function endsOfWalks(imports: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const importers = new Map<string, string[]>([...imports.keys()].map((dir) => [dir, []]));
  for (const [dir, own] of imports) for (const one of own) importers.get(one)?.push(dir);
  const missing = new Map([...imports].map(([dir, own]) => [dir, own.size]));
  const ready = [...missing].flatMap(([dir, count]) => (count === 0 ? [dir] : []));
  const steps = new Map<string, number>();
  const ends = new Set(imports.keys());
  // An array visits what is pushed while iterating it.
  for (const dir of ready) {
    const way = Math.max(0, ...[...(imports.get(dir) ?? [])].map((one) => (steps.get(one) ?? 0) + 1));
    if (way < LONGEST_WAY) ends.delete(dir);
    steps.set(dir, way < LONGEST_WAY ? way : 0);
    for (const importer of importers.get(dir) ?? []) {
      const count = (missing.get(importer) ?? 0) - 1;
      missing.set(importer, count);
      if (count === 0) ready.push(importer);
    }
  }
  return ends;
}

/** Whether a directory is one of the workspace, and not of vendored code. */
export function isOwnDirectory(dir: string): boolean {
  return dir !== '' && isInWorkspace(dir) && !(dir.includes('vendor') && dir.split('/').includes('vendor'));
}

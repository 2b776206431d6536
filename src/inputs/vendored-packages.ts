import type { Package } from '../go/listing/package.js';
import type { ModuleGroup } from '../workspace/workspace.js';
import { SOURCE_FILES } from './build-constraints.js';
import type { Inputs } from './embed-patterns.js';
import { vendorDir } from './external-modules.js';
import { joinFileSets, workspacePrefix } from './joined-file-sets.js';

/**
 * Most vendored packages of a target that are named one by one. With more, whole modules are: the names of hundreds of
 * packages in each of thousands of targets would be most of the graph, and Nx fails where a task names thousands.
 */
const MOST = 50;

/** The vendored packages that a target is made of, by directory, as its build configurations see them. */
export class VendoredPackages {
  private readonly byDir = new Map<string, Package[]>();

  constructor(private readonly group: ModuleGroup) {}

  add(pkg: Package): void {
    this.byDir.set(pkg.dir, [...(this.byDir.get(pkg.dir) ?? []), pkg]);
  }

  /**
   * Their file sets: the sources of packages that are made of nothing else, and whole modules for the others. All count
   * as whole modules where there are too many packages, or where git ignores the vendor directory.
   */
  fileSets(): Inputs {
    const isNamed = (seen: readonly Package[]): boolean =>
      this.group.vendorListed && this.byDir.size <= MOST && seen.every(isMadeOfSources);
    const entries = [...this.byDir];
    const named = entries.filter(([, seen]) => isNamed(seen));
    const others = entries.filter(([, seen]) => !isNamed(seen)).flatMap(([, seen]) => seen);
    const modules = new Set(others.map(({ module, importPath }) => module?.path ?? importPath));
    return [
      ...joinFileSets(named.map(([dir]) => ({ dir, inputs: [`${workspacePrefix(dir)}/${SOURCE_FILES}`] }))),
      ...[...modules].map((path) => `{workspaceRoot}/${vendorDir(this.group)}/${path}/**/*`),
    ];
  }
}

/** C code may include, and `//go:embed` name, what lies in other directories of the module. */
function isMadeOfSources({ cgo, embedPatterns, headerGlobs, linkTargets }: Package): boolean {
  return !cgo && embedPatterns.length === 0 && headerGlobs === undefined && linkTargets === undefined;
}

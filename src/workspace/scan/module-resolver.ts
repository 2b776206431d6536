import { dirname, join, relative, resolve } from 'node:path';

import { gt, valid } from 'semver';

import type { Directive } from '../../go/modules/mod-file.js';
import { replacementOf, replacesOf, type Replace } from '../../go/modules/replacements.js';
import type { PackageModule } from '../../go/listing/package.js';
import { fromRoot, isInside, toPosix } from '../../paths.js';
import type { Manifests } from '../modules/manifests.js';
import { usedDirectories } from '../modules/module-context.js';
import { vendoredModules } from '../modules/vendored-modules.js';
import type { ModuleGroup } from '../workspace.js';
import { WORK_TREE, type SourceTree } from './source-tree.js';

/** Where a package comes from. `dir` is absolute, and empty for a module that only a download would bring. */
export interface Origin {
  readonly dir: string;
  readonly module: PackageModule;
}

/** A module whose files are at hand: a main module, or one replaced by a directory. */
interface LocalModule {
  readonly dir: string;
  readonly module: PackageModule;
}

interface Replacement extends Replace {
  /** Absolute, when a directory takes the module's place. */
  readonly dir?: string;
}

/**
 * Finds the packages of a group's build list from manifests alone. What the go.mod files of downloaded modules require
 * is not known; since Go 1.17 a go.mod names all that its packages need.
 */
export class ModuleResolver {
  private readonly local = new Map<string, LocalModule>();
  private readonly external = new Map<string, PackageModule>();
  private readonly vendored: ReadonlyMap<string, PackageModule>;
  private readonly vendorDir: string;
  /** Those of the go.work, which come first, and those of the modules. */
  private readonly replacements: readonly (readonly Replacement[])[];
  private readonly origins = new Map<string, Origin | undefined>();

  constructor(
    group: ModuleGroup,
    private readonly manifests: Manifests,
    private readonly tree: SourceTree = WORK_TREE,
  ) {
    const { root } = manifests;
    const { workFile } = group;
    this.vendorDir = join(resolve(root, group.dir), 'vendor');
    this.vendored = group.vendor ? vendoredModules(manifests.at(join(this.vendorDir, 'modules.txt')).text) : new Map();
    const mains = workFile
      ? usedDirectories(workFile, manifests)
      : group.modules.map((module) => resolve(root, module.dir));
    const required = mains.flatMap((dir) => {
      const directives = this.directivesIn(dir);
      const path = directives.find(({ verb }) => verb === 'module')?.args[0] ?? fromRoot(root, dir);
      this.local.set(path, { dir, module: { path, version: '', main: true } });
      return directives;
    });
    this.replacements = [
      workFile ? replacements(dirname(workFile), manifests.at(workFile).directives) : [],
      mains.flatMap((dir) => replacements(dir, this.directivesIn(dir))),
    ];
    if (!group.vendor) this.addRequirements(required);
  }

  /** The import path and module of a directory in one of the group's main modules. */
  packageIn(dir: string): { readonly importPath: string; readonly module: PackageModule } | undefined {
    const [nearest] = [...this.local.values()]
      .filter((local) => local.module.main && isInside(local.dir, dir))
      .sort((a, b) => b.dir.length - a.dir.length);
    if (!nearest) return undefined;
    const below = toPosix(relative(nearest.dir, dir));
    return { importPath: below ? `${nearest.module.path}/${below}` : nearest.module.path, module: nearest.module };
  }

  /** Where the package comes from; undefined when no module of the build list gives it. */
  find(importPath: string): Origin | undefined {
    if (!this.origins.has(importPath)) this.origins.set(importPath, this.search(importPath));
    return this.origins.get(importPath);
  }

  /** Whether the path lies in a main module, be there a package or not. */
  isInMainModule(importPath: string): boolean {
    return prefixes(importPath).some((prefix) => this.local.get(prefix)?.module.main);
  }

  private search(importPath: string): Origin | undefined {
    for (const prefix of prefixes(importPath)) {
      const local = this.local.get(prefix);
      const dir = local && join(local.dir, importPath.slice(prefix.length));
      if (dir && this.tree.isPackageOf(local.dir, dir)) return { dir, module: local.module };
    }
    const vendored = this.vendored.get(importPath);
    if (vendored) return { dir: join(this.vendorDir, importPath), module: vendored };
    return this.searchExternal(importPath);
  }

  private searchExternal(importPath: string): Origin | undefined {
    const candidates = prefixes(importPath).filter((prefix) => this.external.has(prefix));
    for (const prefix of candidates) {
      const module = this.external.get(prefix) as PackageModule;
      const root = this.tree.downloaded(module);
      const dir = root === undefined ? undefined : join(root, importPath.slice(prefix.length));
      if (root !== undefined && dir !== undefined && this.tree.isPackageOf(root, dir)) return { dir, module };
    }
    // Whether the longest of them holds the package is not known without its files.
    const module = this.external.get(candidates[0] ?? '');
    return module && { dir: '', module };
  }

  private directivesIn(dir: string): readonly Directive[] {
    return this.manifests.at(join(dir, 'go.mod')).directives;
  }

  /** Takes the highest version required of each module, as minimal version selection. */
  private addRequirements(directives: readonly Directive[]): void {
    const versions = new Map<string, string>();
    // An array visits what is pushed while iterating it: what replacing directories require counts as well.
    const pending = directives.filter(({ verb }) => verb === 'require');
    const visited = new Set<string>();
    for (const { args } of pending) {
      const [path = '', version = ''] = args;
      if (this.local.get(path)?.module.main) continue;
      const chosen = versions.get(path);
      if (chosen !== undefined && !isHigher(version, chosen)) continue;
      versions.set(path, version);
      const dir = this.replacementOf(path, version)?.dir;
      if (dir === undefined || visited.has(dir)) continue;
      visited.add(dir);
      pending.push(...this.directivesIn(dir).filter(({ verb }) => verb === 'require'));
    }
    for (const [path, version] of versions) this.addModule(path, version);
  }

  private addModule(path: string, version: string): void {
    const replacement = this.replacementOf(path, version);
    if (!replacement) {
      this.external.set(path, { path, version, main: false });
      return;
    }
    const replace = { path: replacement.target, version: replacement.newVersion };
    const module: PackageModule = { path, version, replace, main: false };
    if (replacement.dir === undefined) this.external.set(path, module);
    else this.local.set(path, { dir: replacement.dir, module });
  }

  private replacementOf(path: string, version: string): Replacement | undefined {
    for (const layer of this.replacements) {
      const replacement = replacementOf(layer, path, version);
      if (replacement) return replacement;
    }
    return undefined;
  }
}

function replacements(base: string, directives: readonly Directive[]): Replacement[] {
  return replacesOf(directives).map((replace) =>
    replace.isDirectory ? { ...replace, dir: resolve(base, replace.target) } : replace,
  );
}

/** `a/b/c`, `a/b`, `a`. */
function prefixes(importPath: string): string[] {
  const names = importPath.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}

function isHigher(version: string, than: string): boolean {
  return valid(version) && valid(than) ? gt(version, than) : version > than;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

import { gt, valid } from 'semver';

import { modulePath, parseModFile, useDirectories, type Directive } from '../../go/modules/mod-file.js';
import type { PackageModule } from '../../go/listing/package.js';
import { isInside, toPosix } from '../../paths.js';
import { readVendoredModules } from '../modules/vendored-modules.js';
import type { ModuleGroup } from '../workspace.js';

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

interface Replacement {
  /** Empty when every version is replaced. */
  readonly version: string;
  readonly path: string;
  readonly newVersion: string;
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
  private readonly replacements = new Map<string, Replacement[]>();
  private readonly origins = new Map<string, Origin | undefined>();

  constructor(workspaceRoot: string, group: ModuleGroup) {
    const groupDir = resolve(workspaceRoot, group.dir);
    this.vendorDir = join(groupDir, 'vendor');
    this.vendored = group.vendor ? readVendoredModules(join(this.vendorDir, 'modules.txt')) : new Map();
    const { workFile } = group;
    const mains = workFile
      ? useDirectories(read(workFile)).map((use) => resolve(dirname(workFile), use))
      : group.modules.map((module) => resolve(workspaceRoot, module.dir));
    // A go.work's replacements come before those of the modules it uses.
    if (workFile) this.addReplacements(dirname(workFile), parseModFile(read(workFile)));
    const manifests = mains.map((dir) => {
      const text = read(join(dir, 'go.mod'));
      const path = modulePath(text) ?? (toPosix(relative(workspaceRoot, dir)) || '.');
      this.local.set(path, { dir, module: { path, version: '', main: true } });
      return { dir, directives: parseModFile(text) };
    });
    for (const { dir, directives } of manifests) this.addReplacements(dir, directives);
    if (!group.vendor) this.addRequirements(manifests.flatMap(({ directives }) => directives));
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
      if (dir && isPackageOf(local.dir, dir)) return { dir, module: local.module };
    }
    const vendored = this.vendored.get(importPath);
    if (vendored) return { dir: join(this.vendorDir, importPath), module: vendored };
    // Whether the longest of them holds the package is not known without its files.
    const prefix = prefixes(importPath).find((candidate) => this.external.has(candidate));
    const module = prefix === undefined ? undefined : this.external.get(prefix);
    return module && { dir: '', module };
  }

  private addReplacements(base: string, directives: readonly Directive[]): void {
    for (const { verb, args } of directives) {
      const arrow = args.indexOf('=>');
      const [path, version = ''] = args.slice(0, Math.max(arrow, 0));
      const [target, newVersion = ''] = args.slice(arrow + 1);
      if (verb !== 'replace' || path === undefined || target === undefined) continue;
      const isDirectory = /^\.{1,2}([\\/]|$)/.test(target) || isAbsolute(target);
      const replacement = { version, path: target, newVersion, ...(isDirectory ? { dir: resolve(base, target) } : {}) };
      this.replacements.set(path, [...(this.replacements.get(path) ?? []), replacement]);
    }
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
      const known = versions.get(path);
      if (known !== undefined && !isHigher(version, known)) continue;
      versions.set(path, version);
      const dir = this.replacementOf(path, version)?.dir;
      if (dir === undefined || visited.has(dir)) continue;
      visited.add(dir);
      pending.push(...parseModFile(read(join(dir, 'go.mod'))).filter(({ verb }) => verb === 'require'));
    }
    for (const [path, version] of versions) this.addModule(path, version);
  }

  private addModule(path: string, version: string): void {
    const replacement = this.replacementOf(path, version);
    if (!replacement) {
      this.external.set(path, { path, version, main: false });
      return;
    }
    const replace = { path: replacement.path, version: replacement.newVersion };
    const module: PackageModule = { path, version, replace, main: false };
    if (replacement.dir === undefined) this.external.set(path, module);
    else this.local.set(path, { dir: replacement.dir, module });
  }

  private replacementOf(path: string, version: string): Replacement | undefined {
    const candidates = this.replacements.get(path) ?? [];
    return (
      candidates.find((candidate) => candidate.version === version) ??
      candidates.find((candidate) => candidate.version === '')
    );
  }
}

/** `a/b/c`, `a/b`, `a`. */
function prefixes(importPath: string): string[] {
  const names = importPath.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}

/** Whether the directory has Go files, whatever their constraints, and no other module's go.mod above it: dirInModule. */
function isPackageOf(moduleDir: string, dir: string): boolean {
  for (let current = dir; current !== moduleDir; current = dirname(current)) {
    if (current === dirname(current) || existsSync(join(current, 'go.mod'))) return false;
  }
  try {
    return readdirSync(dir, { withFileTypes: true }).some(
      (entry) => !entry.isDirectory() && entry.name.endsWith('.go'),
    );
  } catch {
    return false;
  }
}

function isHigher(version: string, than: string): boolean {
  return valid(version) && valid(than) ? gt(version, than) : version > than;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A go.work may name a directory that is not there: what it would give is missing where it is imported.
    return '';
  }
}

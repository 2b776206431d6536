import { posix } from 'node:path';

import type { ProjectGraphExternalNode } from '@nx/devkit';
import fastGlob from 'fast-glob';
import { minimatch } from 'minimatch';

import type { Package } from '../go/package.js';
import type { GroupListing, Module, ModuleGroup } from '../workspace/workspace.js';
import { closure, packagesByDir, testClosure } from './closure.js';
import type { Inputs } from './embed-patterns.js';
import {
  errorNode,
  failureNode,
  goDirectiveNode,
  mainNode,
  moduleNode,
  originOf,
  testMainNode,
  vendorDir,
} from './external-modules.js';
import { SOURCE_FILES, type Platform } from './build-constraints.js';
import { compilersOf, settingsInputs } from './settings.js';
import { mainPatterns, sourcePatterns, testPatterns, vetPatterns, type PackageVariant } from './source-patterns.js';

/** How the rest of the workspace is named, for inputs that refer to it. */
export interface Names {
  /** The project of a module or go.work directory. */
  ownerOfManifest(dir: string): string | undefined;
  /** The library project whose named input holds the sources of the package in `dir`, if it has one. */
  sourcesOf(dir: string): string | undefined;
  /** The module a directory belongs to. */
  moduleOf(dir: string): Module | undefined;
  /** The platform that the named input for files of other systems is for; undefined where a directory has none. */
  platformOf(dir: string): Platform | undefined;
  /** Whether Nx lists the directory's files; what it does not is hashed from disk. */
  isListed(dir: string): boolean;
  /** The Go files of a directory that tasks are declared to write, as globs without the directory. */
  generatedSources(dir: string): readonly string[];
}

/** One build configuration that a target can run under. */
export interface TargetListing {
  readonly listing: GroupListing;
  /** The named input that holds a library's sources for it; without one, every package is a flat file set. */
  readonly sourcesInput: string | undefined;
}

export interface TargetRequest {
  readonly group: ModuleGroup;
  readonly module: Module;
  /** The packages that the target builds or tests, directories relative to the workspace's root. */
  readonly dirs: readonly string[];
  /** The project's own directory: its file sets are written as `{projectRoot}`. */
  readonly projectDir: string;
  readonly kind: 'build' | 'test' | 'vet';
  readonly listings: readonly TargetListing[];
  /** Files of the workspace that options name, e.g. a PGO profile. */
  readonly namedFiles: readonly string[];
  /** Projects that the user declared as implicit dependencies. */
  readonly implicitDependencies: readonly string[];
  /** Whether other tasks run before the target's, which may write what it reads. */
  readonly hasDependencies: boolean;
}

/** What a target's hash is made of. */
export interface TargetInputs {
  readonly inputs: Inputs;
  readonly externalNodes: readonly ProjectGraphExternalNode[];
  /** Whether code outside the standard library uses cgo. */
  readonly cgo: boolean;
  /** Why no hash can cover the target; empty when it can be cached. */
  readonly uncacheable: readonly string[];
  /**
   * The import paths of the closure without the standard library, where it holds code that tasks write and git ignores:
   * such code can come to import more without Nx noticing.
   */
  readonly closure: readonly string[] | undefined;
}

/** Writes the inputs of a build or test target: everything the go command would read for it, and nothing else. */
export function targetInputs(request: TargetRequest, names: Names): TargetInputs {
  const collected = new Collected(request, names);
  for (const { listing, sourcesInput } of request.listings) collected.addListing(listing, sourcesInput);
  return collected.finish();
}

/** The sources that the tasks before write: some may lie where no file set looks, for want of a file when it was made. */
const WRITTEN_SOURCES = { dependentTasksOutputFiles: `**/${SOURCE_FILES}`, transitive: true };

const ROOT_PATTERNS = { build: mainPatterns, test: testPatterns, vet: vetPatterns };

/** Gathers, over all build configurations of a target, what its inputs name. */
class Collected {
  private readonly flat = new Set<string>();
  private readonly ignored = new Set<string>();
  /** Packages that no named input stands for, by directory, as each build configuration sees them. */
  private readonly variants = new Map<string, { root: boolean; seen: PackageVariant[] }>();
  private readonly sources = new Map<string, Set<string>>();
  private readonly manifests = new Set<string>();
  private readonly nodes = new Map<string, ProjectGraphExternalNode>();
  private readonly uncacheable = new Set<string>();
  private cgo = false;
  private standardCgo = false;
  private usesBuildList = false;
  private readonly importPaths = new Set<string>();
  private hasGenerated: boolean;

  constructor(
    private readonly request: TargetRequest,
    private readonly names: Names,
  ) {
    const { group, module } = request;
    this.hasGenerated = request.hasDependencies;
    this.addManifest(module.dir);
    this.addManifest(group.dir);
    this.addNode(goDirectiveNode(module));
    if (request.kind === 'test') this.addNode(testMainNode(module, group));
    for (const file of request.namedFiles) this.addFlat(`{workspaceRoot}/${file}`, true);
  }

  addListing(listing: GroupListing, sourcesInput: string | undefined): void {
    const { dirs, kind } = this.request;
    const tests = kind !== 'build';
    const byDir = packagesByDir(listing.packages);
    const paths = dirs.flatMap((dir) => byDir.get(dir)?.importPath ?? []);
    const rootPaths = new Set(paths);
    for (const pkg of tests ? testClosure(listing.packages, paths) : closure(listing.packages, paths)) {
      const isRoot = rootPaths.has(pkg.importPath);
      this.addPackage(pkg, listing, isRoot ? undefined : sourcesInput, isRoot);
    }
    if (listing.failure) {
      this.uncacheable.add(listing.failure);
      this.addNode(failureNode(this.request.group, listing.failure));
    }
  }

  private addPackage(pkg: Package, listing: GroupListing, sourcesInput: string | undefined, isRoot: boolean): void {
    const { group, kind } = this.request;
    const tests = kind !== 'build';
    this.importPaths.add(pkg.importPath);
    this.cgo ||= pkg.cgo;
    this.standardCgo ||= pkg.standardCgo;
    const broken = errorNode(pkg, isRoot && tests);
    if (broken) this.addNode(broken);
    const origin = originOf(pkg, group);
    // The version of a replaced module is linked into the binary, wherever its code comes from.
    const isVersioned = origin === 'module' || origin === 'vendor' || pkg.module?.replace !== undefined;
    if (pkg.module && isVersioned) this.addNode(moduleNode(pkg.module, group));
    this.usesBuildList ||= isVersioned || origin !== 'workspace';
    switch (origin) {
      case 'vendor':
        this.addFlat(
          `{workspaceRoot}/${vendorDir(group)}/${pkg.module?.path ?? pkg.importPath}/**/*`,
          !group.vendorListed,
        );
        break;
      case 'missing':
        // Go fails, and nothing is cached anyway; unless a task that runs before writes the package, of which nothing is
        // known yet.
        this.uncacheable.add(`package ${pkg.importPath} is not there yet`);
        this.addMissing(pkg.importPath);
        break;
      case 'outside':
        this.uncacheable.add(
          `package ${pkg.importPath} lies in ${pkg.module?.replace?.path ?? pkg.dir}, outside the workspace`,
        );
        break;
      case 'workspace':
        this.addWorkspacePackage(pkg, listing, sourcesInput, isRoot);
    }
  }

  private addWorkspacePackage(
    pkg: Package,
    { configuration }: GroupListing,
    sourcesInput: string | undefined,
    isRoot: boolean,
  ): void {
    if (/[[\](){}*?]|(^|\/)!/.test(pkg.dir))
      this.uncacheable.add(`Nx takes the directory name ${pkg.dir} for a pattern`);
    if (pkg.linkedBy) this.flat.add(`{workspaceRoot}/${fastGlob.escapePath(pkg.linkedBy)}`);
    const module = this.names.moduleOf(pkg.dir);
    if (module) {
      this.addManifest(module.dir);
      this.addNode(goDirectiveNode(module));
    }
    const { request } = this;
    this.addGenerated(pkg);
    if (isRoot && request.kind === 'build') this.addNode(mainNode(pkg, request.module));
    const project = sourcesInput && this.names.sourcesOf(pkg.dir);
    if (project) {
      this.sources.set(sourcesInput, (this.sources.get(sourcesInput) ?? new Set()).add(project));
      return;
    }
    const variant = this.variants.get(pkg.dir) ?? { root: isRoot, seen: [] };
    variant.seen.push({ pkg, configuration });
    this.variants.set(pkg.dir, variant);
  }

  /** What a generated file imports is known only once it is there. */
  private addGenerated(pkg: Package): void {
    const globs = this.names.generatedSources(pkg.dir);
    const present = [...pkg.files, ...pkg.testFiles, ...pkg.ignoredFiles];
    for (const glob of globs) {
      if (!present.some((file) => minimatch(file, glob)))
        this.uncacheable.add(`${posix.join(pkg.dir, glob)} is not there yet`);
    }
    this.hasGenerated ||= globs.length > 0 || pkg.untrackedFiles !== undefined || !this.names.isListed(pkg.dir);
  }

  /**
   * An import without a package: the directory where it would be, and the go.mod files that could take it away.
   * Otherwise a package deleted while still imported would be a change that reaches no task.
   */
  private addMissing(importPath: string): void {
    const { group } = this.request;
    if (group.vendor) this.flat.add(`{workspaceRoot}/${vendorDir(group)}/${importPath}/*`);
    for (const module of group.modules) {
      if (importPath !== module.path && !importPath.startsWith(`${module.path}/`)) continue;
      const dir = posix.join(module.dir, importPath.slice(module.path.length + 1));
      this.flat.add(`${workspacePrefix(dir)}/*.go`);
      for (let parent = dir; parent !== module.dir; parent = posix.dirname(parent)) {
        this.flat.add(`${workspacePrefix(parent)}/go.mod`);
      }
    }
  }

  private fileSets(dir: string, { root, seen }: { root: boolean; seen: PackageVariant[] }): Inputs {
    const { request, names } = this;
    const generated = names.generatedSources(dir);
    const base =
      dir === request.projectDir
        ? { prefix: '{projectRoot}', platform: names.platformOf(dir), generated }
        : { prefix: workspacePrefix(dir), generated };
    const patterns = (root ? ROOT_PATTERNS[request.kind] : sourcePatterns)(seen, base);
    return names.isListed(dir)
      ? patterns
      : patterns.map((fileset) => (typeof fileset === 'string' ? { fileset, includeIgnored: true } : fileset));
  }

  /** The go.mod files that decide with the module's own which versions of external modules are used. */
  private addBuildList(): void {
    const { modules, replacedDirs } = this.request.group;
    for (const member of modules) this.addManifest(member.dir);
    for (const dir of replacedDirs) this.addReplaced(dir);
  }

  private addReplaced(dir: string): void {
    if (this.names.ownerOfManifest(dir)) this.addManifest(dir);
    else this.flat.add(`${workspacePrefix(dir)}/go.mod`);
  }

  private addManifest(dir: string): void {
    const project = this.names.ownerOfManifest(dir);
    if (project) this.manifests.add(project);
  }

  /** @param ignored whether git may ignore the files, which are then read from disk. */
  private addFlat(fileset: string, ignored: boolean): void {
    this.flat.add(fileset);
    if (ignored) this.ignored.add(fileset);
  }

  private addNode(node: ProjectGraphExternalNode): void {
    this.nodes.set(node.name, node);
  }

  finish(): TargetInputs {
    const { request } = this;
    if (this.usesBuildList) this.addBuildList();
    const withCompilers = this.cgo || this.standardCgo;
    const configurations = request.listings.map(({ listing }) => listing.configuration);
    const { implicitDependencies } = request;
    const inputs: Inputs = [
      ...[...this.variants].flatMap(([dir, variant]) => this.fileSets(dir, variant)),
      ...this.flat,
      ...[...this.ignored].map((fileset) => ({ fileset, includeIgnored: true })),
      ...[...this.sources].map(([input, projects]) => ({ input, projects: [...projects] })),
      { input: 'goModule', projects: [...this.manifests] },
      { externalDependencies: [...this.nodes.keys()] },
      ...(request.hasDependencies ? [WRITTEN_SOURCES] : []),
      ...settingsInputs(request.group.dir, withCompilers ? compilersOf(configurations) : []),
      ...(implicitDependencies.length ? [{ input: 'default', projects: [...implicitDependencies] }] : []),
    ];
    return {
      inputs,
      externalNodes: [...this.nodes.values()],
      cgo: this.cgo,
      uncacheable: [...this.uncacheable],
      closure: this.hasGenerated ? [...this.importPaths].sort() : undefined,
    };
  }
}

function workspacePrefix(dir: string): string {
  return dir === '.' ? '{workspaceRoot}' : `{workspaceRoot}/${fastGlob.escapePath(dir)}`;
}

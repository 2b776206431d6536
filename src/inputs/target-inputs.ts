import { posix } from 'node:path';

import type { ProjectGraphExternalNode } from '@nx/devkit';
import fastGlob from 'fast-glob';
import { minimatch } from 'minimatch';

import type { PackageReads } from '../facts/target-kinds.js';
import { packageReads } from '../go/listing/package-reads.js';
import type { Package } from '../go/listing/package.js';
import type { GroupListing, Module } from '../workspace/workspace.js';
import { Closures, packagesByDir } from '../workspace/listing/closure.js';
import type { Inputs } from './embed-patterns.js';
import {
  errorNode,
  failureNode,
  goDirectiveNode,
  loadsAllManifests,
  mainNode,
  moduleNode,
  originOf,
  testMainNode,
} from './external-modules.js';
import { SOURCE_FILES } from './build-constraints.js';
import { joinFileSets, workspacePrefix } from './joined-file-sets.js';
import { missingImportFileSets } from './missing-import.js';
import { inShort, NamedSources } from './named-sources.js';
import { isPatternLike, PlainLibraries, type PlainPart } from './plain-libraries.js';
import { compilersOf, settingsInputs } from './settings.js';
import {
  directoryPatterns,
  mainPatterns,
  sourcePatterns,
  testPatterns,
  vetPatterns,
  type PackageVariant,
} from './source-patterns.js';
import { VendoredPackages } from './vendored-packages.js';
import { WritingTasks } from './writing-tasks.js';
import type { Names, TargetInputs, TargetRequest } from './target-request.js';

/** Writes the inputs of a build or test target: everything the go command would read for it, and nothing else. */
export function targetInputs(request: TargetRequest, names: Names): TargetInputs {
  const collected = new Collected(request, names);
  for (const { listing, sourcesInput } of request.listings) collected.addListing(listing, sourcesInput);
  return collected.finish();
}

/**
 * The sources that the tasks before write: some may lie where no file set looks, for want of a file when it was made.
 */
const WRITTEN_SOURCES = { dependentTasksOutputFiles: `**/${SOURCE_FILES}`, transitive: true };

const ROOT_PATTERNS: Readonly<Record<PackageReads, typeof sourcePatterns>> = {
  program: mainPatterns,
  sources: vetPatterns,
  tests: testPatterns,
  directory: directoryPatterns,
};

/** Gathers, over all build configurations of a target, what its inputs name. */
class Collected {
  private readonly flat = new Set<string>();
  private readonly ignored = new Set<string>();
  /** Packages that no named input stands for, by directory, as each build configuration sees them. */
  private readonly variants = new Map<string, { root: boolean; seen: PackageVariant[] }>();
  private readonly named = new NamedSources();
  private readonly manifests = new Set<string>();
  private readonly nodes = new Map<string, ProjectGraphExternalNode>();
  private readonly uncacheable = new Set<string>();
  private readonly vendored: VendoredPackages;
  private readonly writers: WritingTasks;
  private cgo = false;
  private standardCgo = false;
  private usesBuildList = false;
  /** By listing: what the target's packages and those that they import make go read. */
  private readonly reached: (() => string[])[] = [];
  private endlessFile: string | undefined;
  private hasGenerated: boolean;

  constructor(
    private readonly request: TargetRequest,
    private readonly names: Names,
  ) {
    const { group, module } = request;
    this.hasGenerated = request.hasDependencies;
    this.vendored = new VendoredPackages(group);
    this.writers = new WritingTasks(names);
    this.addModule(module);
    this.addManifest(group.dir);
    // A go.mod that go refuses is an error to all modules of a go.work.
    for (const member of group.modules) this.addManifest(member.dir);
    // A module that a go.work leaves out may be taken in.
    const workDir = names.workDirAbove(module.dir);
    if (workDir !== undefined) this.addManifest(workDir);
    if (request.reads === 'tests') this.addNode(testMainNode(module, group));
    for (const file of request.namedFiles) this.addFlat(`{workspaceRoot}/${file}`, true);
  }

  addListing(listing: GroupListing, sourcesInput: string | undefined): void {
    const { dirs, group, reads } = this.request;
    const closures = Closures.of(listing.packages);
    const byDir = packagesByDir(listing.packages);
    const roots = dirs.flatMap((dir) => byDir.get(dir) ?? []);
    const paths = roots.map(({ importPath }) => importPath);
    const tests = reads !== 'program';
    const split = sourcesInput && PlainLibraries.of(listing, group, this.names).split(paths, tests);
    const closure = split ? split.closure : closures.without(paths, tests);
    this.reached.push(() => [
      ...closures.packagesIn(closure).flatMap((pkg) => packageReads(pkg, false)),
      ...roots.flatMap((root) => packageReads(root, tests)),
    ]);
    for (const pkg of roots) this.addPackage(pkg, listing, undefined, true);
    if (split) this.addPlainPart(split.plain, sourcesInput);
    const others = split ? split.others : closures.packagesIn(closure);
    for (const pkg of others) this.addPackage(pkg, listing, sourcesInput, false);
    this.endlessFile ??= listing.endlessFile;
    if (listing.failure) {
      this.uncacheable.add(listing.failure);
      this.addNode(failureNode(this.request.group, listing.failure));
      this.usesBuildList = true;
    }
  }

  private addPlainPart(part: PlainPart, sourcesInput: string): void {
    const { whole, modules, cgo, standardCgo } = part;
    this.named.addPlain(sourcesInput, part);
    for (const { dir } of whole) {
      this.flat.add(`${workspacePrefix(dir)}/**/${SOURCE_FILES}`);
      const submodule = this.names.submoduleOf(dir);
      if (submodule !== undefined) this.flat.add(workspacePrefix(submodule));
    }
    for (const module of modules) this.addModule(module);
    this.cgo ||= cgo;
    this.standardCgo ||= standardCgo;
  }

  private addPackage(pkg: Package, listing: GroupListing, sourcesInput: string | undefined, isRoot: boolean): void {
    const { group, reads } = this.request;
    const tests = reads !== 'program';
    this.cgo ||= pkg.cgo;
    this.standardCgo ||= pkg.standardCgo || (isRoot && tests && pkg.testStandardCgo === true);
    this.endlessFile ??= pkg.endlessFile;
    const broken = errorNode(pkg, isRoot && tests);
    if (broken) this.addNode(broken);
    const origin = originOf(pkg, group);
    // The version of a replaced module is linked into the binary, wherever its code comes from.
    const isVersioned = origin === 'module' || origin === 'vendor' || pkg.module?.replace !== undefined;
    if (pkg.module && isVersioned) this.addNode(moduleNode(pkg.module, group));
    this.usesBuildList ||= isVersioned || origin !== 'workspace';
    switch (origin) {
      case 'vendor':
        this.vendored.add(pkg);
        break;
      case 'missing':
        // Go fails, and nothing is cached anyway; unless a task that runs before writes the package, which nobody knows
        // yet.
        this.uncacheable.add(`package ${pkg.importPath} does not exist yet`);
        for (const fileSet of missingImportFileSets(pkg.importPath, group)) this.flat.add(fileSet);
        this.writers.addMissing(pkg.importPath, group);
        break;
      case 'outside':
        this.uncacheable.add(
          `package ${pkg.importPath} lies in ${pkg.module?.replace?.path ?? pkg.dir}, outside the workspace`,
        );
        break;
      case 'workspace':
        // For a test file whose package clause or imports go cannot read, go refuses to build the package, too.
        if (broken) this.flat.add(`${workspacePrefix(pkg.dir)}/*_test.go`);
        this.addWorkspacePackage(pkg, listing, sourcesInput, isRoot);
    }
  }

  private addWorkspacePackage(
    pkg: Package,
    { configuration }: GroupListing,
    sourcesInput: string | undefined,
    isRoot: boolean,
  ): void {
    if (isPatternLike(pkg.dir)) this.uncacheable.add(`Nx would read the directory name ${pkg.dir} as a pattern`);
    if (pkg.linkedBy) this.flat.add(`{workspaceRoot}/${fastGlob.escapePath(pkg.linkedBy)}`);
    const module = this.names.moduleOf(pkg.dir);
    if (module) this.addModule(module);
    const { request } = this;
    this.addGenerated(pkg);
    if (isRoot && request.reads === 'program') this.addNode(mainNode(pkg, request.module));
    const project = sourcesInput && this.names.sourcesOf(pkg.dir);
    if (project) {
      this.named.add(sourcesInput, project);
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
        this.uncacheable.add(`${posix.join(pkg.dir, glob)} does not exist yet`);
    }
    this.writers.addPackage(pkg);
    this.hasGenerated ||= globs.length > 0 || pkg.untrackedFiles !== undefined || !this.names.isListed(pkg.dir);
  }

  private fileSets(dir: string, { root, seen }: { root: boolean; seen: PackageVariant[] }): Inputs {
    const { request, names } = this;
    const generated = names.generatedSources(dir);
    const written = { generated, submodule: names.submoduleOf(dir) };
    const base =
      dir === request.projectDir
        ? { prefix: '{projectRoot}', platform: names.platformOf(dir), ...written }
        : { prefix: workspacePrefix(dir), ...written };
    const patterns = (root ? ROOT_PATTERNS[request.reads] : sourcePatterns)(seen, base);
    return names.isListed(dir)
      ? patterns
      : patterns.map((fileset) => (typeof fileset === 'string' ? { fileset, includeIgnored: true } : fileset));
  }

  /** The go.mod files that decide with those of the group which versions of external modules are used. */
  private addReplacements(): void {
    for (const { dir } of this.request.group.replacements) {
      if (this.names.ownerOfManifest(dir)) this.addManifest(dir);
      else this.flat.add(`${workspacePrefix(dir)}/go.mod`);
    }
  }

  private addModule(module: Module): void {
    this.addManifest(module.dir);
    this.addNode(goDirectiveNode(module));
  }

  private addManifest(dir: string): void {
    const project = this.names.ownerOfManifest(dir);
    if (project) this.manifests.add(project);
    // The hash then moves with each edit of the file: Nx selects by nothing that does not count.
    for (const link of this.request.group.linkedManifests) {
      if (link.dir === dir) this.flat.add(`{workspaceRoot}/${fastGlob.escapePath(link.target)}`);
    }
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
    const { group, implicitDependencies } = request;
    const isAlone = group.workFile === undefined && !group.vendor;
    if (this.usesBuildList || (isAlone && group.modules.some(loadsAllManifests))) this.addReplacements();
    for (const fileset of this.vendored.fileSets()) this.addFlat(String(fileset), !group.vendorListed);
    const withCompilers = this.cgo || this.standardCgo;
    const configurations = request.listings.map(({ listing }) => listing.configuration);
    const inputs: Inputs = [
      ...joinFileSets([...this.variants].map(([dir, variant]) => ({ dir, inputs: this.fileSets(dir, variant) }))),
      ...this.flat,
      ...[...this.ignored].map((fileset) => ({ fileset, includeIgnored: true })),
      ...this.named.inputs(),
      { input: 'goModule', projects: inShort([...this.manifests]) },
      { externalDependencies: [...this.nodes.keys()].sort() },
      ...(request.hasDependencies || this.writers.size > 0 ? [WRITTEN_SOURCES] : []),
      ...settingsInputs(group.dir, configurations, withCompilers ? compilersOf(configurations) : [], request.variables),
      ...(implicitDependencies.length ? [{ input: 'default', projects: [...implicitDependencies] }] : []),
    ];
    return {
      inputs,
      externalNodes: [...this.nodes.values()],
      cgo: this.cgo,
      uncacheable: [...this.uncacheable],
      endlessFile: this.endlessFile,
      writers: this.writers.all(),
      closure: this.hasGenerated ? [...new Set(this.reached.flatMap((paths) => paths()))].sort() : undefined,
    };
  }
}

import { createHash } from 'node:crypto';
import { posix } from 'node:path';

import { minimatch } from 'minimatch';

import { MANIFESTS } from '../../facts/manifests.js';
import { isFileNameIncluded, type TagMatcher } from '../../go/sources/build-constraint.js';
import { isSourceName } from '../../go/sources/package-files.js';
import { SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import type { Package } from '../../go/listing/package.js';
import { Closures } from '../../workspace/listing/closure.js';
import type { GroupListing, ModuleGroup } from '../../workspace/workspace.js';
import { versionOf } from './commit-sources.js';
import type { CommitTree } from './commit-tree.js';

/** A task of a commit. */
export interface ReplayedTask {
  readonly kind: 'build' | 'test';
  /** Of its package, from the workspace's root. */
  readonly dir: string;
  /** Of what the plugin hashes for it. */
  readonly digest: string;
  /** Of its module, and the modules that this one imports from. */
  readonly moduleDigest: string;
}

/** What tasks of one group of modules are hashed from. */
export class TaskDigests {
  private readonly closures: Closures;
  private readonly fingerprints: readonly string[];

  constructor(
    private readonly group: ModuleGroup,
    listing: GroupListing,
    private readonly tree: CommitTree,
    private readonly matches: TagMatcher,
    /** What all tasks of a commit hold. */
    private readonly common: string,
    /** By the directories of modules. */
    private readonly moduleFiles: ReadonlyMap<string, string>,
    /** What the group's manifests require and replace. */
    private readonly requirements: string,
  ) {
    this.closures = Closures.of(listing.packages);
    this.fingerprints = this.closures.packages.map((pkg) => this.fingerprint(pkg));
  }

  tasks(): ReplayedTask[] {
    const byDir = new Map(this.closures.packages.filter(({ dir }) => dir).map((pkg) => [pkg.dir, pkg]));
    return this.group.modules.flatMap((module) => {
      const packages = module.packageDirs.flatMap((dir) => byDir.get(dir) ?? []);
      const moduleDigest = this.moduleDigest(packages);
      return packages.flatMap((pkg): ReplayedTask[] => {
        const isMain = pkg.name === 'main' && pkg.files.some((name) => name.endsWith('.go'));
        const build = { kind: 'build', dir: pkg.dir, digest: this.build(pkg), moduleDigest } as const;
        if (pkg.testFiles.length === 0) return isMain ? [build] : [];
        const test = { kind: 'test', dir: pkg.dir, digest: this.test(pkg), moduleDigest } as const;
        return isMain ? [build, test] : [test];
      });
    });
  }

  private build(pkg: Package): string {
    const profile = this.tree.blobs.get(posix.join(pkg.dir, 'default.pgo')) ?? '';
    return digestOf([this.common, profile, ...this.held([pkg.importPath])]);
  }

  private test(pkg: Package): string {
    const { tree } = this;
    const beside = tree.filesIn(pkg.dir).filter((name) => this.countsForTest(name));
    const own = [...beside, ...pkg.testEmbedFiles].map((name) => posix.join(pkg.dir, name));
    const files = [...own, ...tree.testdataOf(pkg.dir)].map((path) => `${path} ${tree.blobs.get(path)}`);
    const { settings } = this.group.modules.find(({ packageDirs }) => packageDirs.includes(pkg.dir)) ?? {};
    const imported = this.held([pkg.importPath, ...pkg.testImports]);
    return digestOf([this.common, settings ?? '', ...files.sort(), ...imported]);
  }

  private held(roots: readonly string[]): string[] {
    const found = new Set<string>();
    const closure = this.closures.closure(roots);
    for (const [number, fingerprint] of this.fingerprints.entries()) if (closure.has(number)) found.add(fingerprint);
    return [...found].sort();
  }

  private countsForTest(name: string): boolean {
    if (MANIFESTS.some((pattern) => minimatch(name, pattern))) return false;
    const isSource = SOURCE_KINDS.includes(posix.extname(name).slice(1));
    return !isSource || (isSourceName(name) && isFileNameIncluded(name, this.matches));
  }

  /** Of what a package gives to each task that it is part of. */
  private fingerprint(pkg: Package): string {
    const { importPath, module, dir } = pkg;
    if (module && module.version !== '' && module.replace?.version !== '')
      // One that is not downloaded could import any other.
      return digestOf([versionOf(module), dir === '' ? this.requirements : '']);
    if (dir === '') return digestOf(['missing', importPath]);
    const isCompiled = (name: string): boolean => !name.endsWith('_test.go') && isFileNameIncluded(name, this.matches);
    const names = this.tree.sourcesIn(dir).filter(isCompiled);
    const included = pkg.includeDirs.flatMap((other) =>
      this.tree.filesIn(other).map((name) => posix.join(other, name)),
    );
    const own = [...names, ...pkg.embedFiles, 'project.json'].map((name) => posix.join(dir, name));
    const files = [...own, ...included].map((path) => `${path} ${this.tree.blobs.get(path) ?? ''}`);
    const goVersion = this.group.modules.find(({ path }) => path === module?.path)?.goVersion ?? '';
    return digestOf([importPath, goVersion, this.group.workSettings, ...files.sort()]);
  }

  /** Of the packages' module, and of those that they import from, directly or not. */
  private moduleDigest(packages: readonly Package[]): string {
    const roots = packages.flatMap(({ importPath, testImports }) => [importPath, ...testImports]);
    const reached = this.closures.packagesIn(this.closures.closure(roots));
    const paths = new Set([...packages, ...reached].map(({ module }) => module?.path));
    const held = this.group.modules
      .filter(({ path }) => paths.has(path))
      .map(({ dir }) => this.moduleFiles.get(dir) ?? '');
    return digestOf([this.common, ...held.sort()]);
  }
}

/** A digest of texts. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha1').update(texts.join('\n')).digest('base64');
}

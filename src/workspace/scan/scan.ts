import { join, resolve } from 'node:path';

import { buildConfigurationKey, type BuildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import { tagMatcher, type TagMatcher } from '../../go/sources/build-constraint.js';
import { defaultConfiguration } from '../../go/configuration/default-configuration.js';
import type { PackageFiles } from '../../go/sources/package-files.js';
import {
  emptyPackage,
  listingOf,
  type Listing,
  type Package,
  type PackageError,
  type PackageModule,
} from '../../go/listing/package.js';
import { usesStandardCgo } from '../../go/listing/standard-cgo.js';
import { fromRoot, isInside } from '../../paths.js';
import { Manifests } from '../modules/manifests.js';
import { ModuleResolver } from './module-resolver.js';
import type { GroupListing, ModuleGroup } from '../workspace.js';
import { WORK_TREE, type SourceTree } from './source-tree.js';

/**
 * Lists a group's packages from their sources, without the go command: what a listing shows of the workspace is there,
 * so that projects, targets and edges come out the same.
 *
 * Not known without go are the packages of downloaded modules beyond those that the workspace imports itself, whether
 * they exist, and the GODEBUG defaults of a main package. Import cycles and forbidden imports are not looked for.
 *
 * @param env the process's environment; the group's own (GOWORK) has no part in the configuration.
 * @param tree where the sources are read from; the work tree by default.
 * @param dirs package directories, relative to the workspace's root; the group's own by default.
 */
export function scanGroup(
  workspaceRoot: string,
  group: ModuleGroup,
  options: BuildConfigurationOptions,
  env: NodeJS.ProcessEnv = process.env,
  dirs: readonly string[] = group.modules.flatMap((module) => module.packageDirs),
  manifests = new Manifests(workspaceRoot),
  tree = WORK_TREE,
): GroupListing {
  const configuration = defaultConfiguration(options, env);
  const scan = new Scan(group, tagMatcher(configuration), manifests, tree);
  for (const dir of dirs) scan.addRoot(resolve(workspaceRoot, dir));
  return { configuration, key: buildConfigurationKey(configuration), packages: scan.packages() };
}

interface Wanted {
  /** Absolute; empty when there are no files to read. */
  readonly dir: string;
  readonly module?: PackageModule;
  /** Whether its tests, and so what they import, were asked for. */
  readonly isRoot: boolean;
  readonly importer: string;
}

class Scan {
  private readonly workspaceRoot: string;
  private readonly resolver: ModuleResolver;
  private readonly wanted = new Map<string, Wanted>();

  constructor(
    group: ModuleGroup,
    private readonly matches: TagMatcher,
    manifests: Manifests,
    private readonly tree: SourceTree,
  ) {
    this.workspaceRoot = manifests.root;
    this.resolver = new ModuleResolver(group, manifests, tree);
  }

  addRoot(dir: string): void {
    const place = this.resolver.packageIn(dir);
    if (place) this.wanted.set(place.importPath, { dir, module: place.module, isRoot: true, importer: '' });
  }

  /** The packages added, and all that they import. */
  packages(): Listing {
    const packages: Package[] = [];
    // A Map visits what is added while iterating it.
    for (const [importPath, wanted] of this.wanted) {
      const pkg = wanted.dir ? this.readPackage(importPath, wanted) : withoutFiles(importPath, wanted);
      packages.push(pkg);
      for (const path of [...pkg.imports, ...(wanted.isRoot ? pkg.testImports : [])]) this.want(path, importPath);
    }
    return listingOf(packages);
  }

  private want(importPath: string, importer: string): void {
    if (this.wanted.has(importPath) || importPath === 'C') return;
    const origin = this.resolver.find(importPath);
    // Only the standard library has paths without a dot in the first element, but for a main module so named.
    const isStandard = !/^[^/]*\./.test(importPath) && !this.resolver.isInMainModule(importPath);
    if (origin) this.wanted.set(importPath, { ...origin, isRoot: false, importer });
    else if (!isStandard) this.wanted.set(importPath, { dir: '', isRoot: false, importer });
  }

  private readPackage(importPath: string, { dir, module }: Wanted): Package {
    const { error, ...files } = this.tree.packageFiles(dir, this.matches);
    const embeds = this.tree.embeddedFiles(dir, files.embedPatterns);
    const testEmbeds = this.tree.embeddedFiles(dir, files.testEmbedPatterns);
    const unmatched = (pattern: string | undefined): PackageError[] =>
      pattern === undefined ? [] : [{ position: '', message: `pattern ${pattern}: no matching files found` }];
    const errors: PackageError[] = error
      ? [{ position: `${this.fromRoot(join(dir, error.file))}:${error.line}`, message: error.message }]
      : [...emptiness(files, dir), ...unmatched(embeds.unmatched)];
    return {
      ...emptyPackage(importPath, module),
      ...files,
      dir: this.fromRoot(dir),
      embedFiles: embeds.files,
      testEmbedFiles: testEmbeds.files,
      standardCgo: usesStandardCgo(files.imports, this.matches),
      ...(usesStandardCgo(files.testImports, this.matches) ? { testStandardCgo: true } : {}),
      includeDirs: files.includeDirs.map((included) => this.fromRoot(included)),
      errors,
      testErrors: unmatched(testEmbeds.unmatched),
    };
  }

  private fromRoot(dir: string): string {
    return isInside(this.workspaceRoot, dir) ? fromRoot(this.workspaceRoot, dir) : dir;
  }
}

/** The error of a package without a file to build or test. */
function emptiness({ files, testFiles, ignoredFiles }: Partial<PackageFiles>, dir: string): PackageError[] {
  if ([...(files ?? []), ...(testFiles ?? [])].some((file) => file.endsWith('.go'))) return [];
  const excluded = ignoredFiles?.some((file) => file.endsWith('.go'));
  return [
    { position: '', message: excluded ? `build constraints exclude all Go files in ${dir}` : `no Go files in ${dir}` },
  ];
}

/** A package of a downloaded module, whose files are not read, or one that no module gives. */
function withoutFiles(importPath: string, { module, importer }: Wanted): Package {
  const message = `no module of the build list provides package ${importPath} (imported by ${importer})`;
  return { ...emptyPackage(importPath, module), errors: module ? [] : [{ position: '', message }] };
}

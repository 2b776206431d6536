import { posix } from 'node:path';

import type { Platform } from '../inputs/build-constraints.js';
import type { Names } from '../inputs/target-inputs.js';
import type { GroupListing, Module, ModuleGroup, Workspace } from '../workspace/workspace.js';
import { nearest } from '../workspace/discover.js';
import { isLeftOut, type Listing, type Package } from '../go/package.js';
import { packagesByDir } from '../inputs/closure.js';
import type { ProjectFile } from './project-files.js';

const NO_PACKAGES: Listing = {};

/** One Go project to be: a package, a module or go.work directory, or both in one. */
export interface GoProject {
  readonly dir: string;
  readonly name: string;
  readonly group: ModuleGroup | undefined;
  /** The module it belongs to; undefined for the directory of a go.work that holds no module. */
  readonly module: Module | undefined;
  /** Whether its directory holds a go.mod or go.work. */
  readonly ownsManifest: boolean;
  /** The package in its directory, if there is one. */
  readonly pkg: Package | undefined;
  /** Packages that its test and vet targets cover; more than its own with granularity "module". */
  readonly members: readonly Package[];
}

/** The Go projects of a workspace, by directory. */
export class GoProjects implements Names {
  readonly byDir: ReadonlyMap<string, GoProject>;
  private readonly moduleDirs: ReadonlySet<string>;
  private readonly modules: ReadonlyMap<string, Module>;
  private readonly listed: ReadonlySet<string>;

  constructor(
    workspace: Workspace,
    private readonly listings: ReadonlyMap<ModuleGroup, GroupListing>,
    files: ReadonlyMap<string, ProjectFile>,
    private readonly granularity: 'package' | 'module',
  ) {
    const modules = workspace.groups.flatMap((group) => group.modules.map((module) => [module.dir, module] as const));
    this.modules = new Map(modules);
    this.moduleDirs = new Set(this.modules.keys());
    this.listed = new Set([...this.modules.values()].flatMap((module) => module.packageDirs));
    const projects = new Map<string, GoProject>();
    for (const group of workspace.groups) {
      for (const project of groupProjects(group, listings.get(group), files, granularity))
        projects.set(project.dir, project);
    }
    for (const dir of workspace.workDirs) {
      if (!projects.has(dir)) projects.set(dir, workProject(dir, workspace.groups, files));
      else projects.set(dir, { ...(projects.get(dir) as GoProject), ownsManifest: true });
    }
    this.byDir = projects;
  }

  ownerOfManifest(dir: string): string | undefined {
    return this.byDir.get(dir)?.name;
  }

  sourcesOf(dir: string): string | undefined {
    const project = this.byDir.get(dir);
    return project && hasSourcesInput(project, this.granularity) ? project.name : undefined;
  }

  moduleOf(dir: string): Module | undefined {
    const moduleDir = nearest(this.moduleDirs, dir);
    return moduleDir === undefined ? undefined : this.modules.get(moduleDir);
  }

  platformOf(dir: string): Platform | undefined {
    const project = this.byDir.get(dir);
    return project?.pkg && project.group && this.listings.get(project.group)?.configuration;
  }

  isListed(dir: string): boolean {
    return this.listed.has(dir);
  }

  /** The directory of the project that a directory's files belong to. */
  ownerDir(dir: string): string | undefined {
    return nearest(new Set(this.byDir.keys()), dir);
  }
}

/**
 * Whether a project carries its package's sources as a named input for others to refer to. Mains do not: nobody imports
 * them. Modules of granularity "module" do not: a named input enters the hash of every task that refers to it, and
 * theirs would hold all packages.
 */
function hasSourcesInput(project: GoProject, granularity: 'package' | 'module'): boolean {
  return granularity === 'package' && project.pkg !== undefined && project.pkg.name !== 'main';
}

function groupProjects(
  group: ModuleGroup,
  listing: GroupListing | undefined,
  files: ReadonlyMap<string, ProjectFile>,
  granularity: 'package' | 'module',
): GoProject[] {
  const byDir = packagesByDir(listing?.packages ?? NO_PACKAGES);
  return group.modules.flatMap((module) => {
    const packages = module.packageDirs.flatMap((dir) => byDir.get(dir) ?? []);
    const own = (pkg: Package): boolean => granularity === 'package' || pkg.name === 'main';
    const inModule = packages.filter((pkg) => !isLeftOut(pkg) && (pkg.dir === module.dir || !own(pkg)));
    return [
      {
        dir: module.dir,
        name: nameOf(module.dir, module.path, files),
        group,
        module,
        ownsManifest: true,
        pkg: byDir.get(module.dir),
        members: inModule,
      },
      ...packages
        .filter((pkg) => pkg.dir !== module.dir && own(pkg))
        .map((pkg) => ({
          dir: pkg.dir,
          name: nameOf(pkg.dir, module.path, files),
          group,
          module,
          ownsManifest: false,
          pkg,
          members: isLeftOut(pkg) ? [] : [pkg],
        })),
    ];
  });
}

function workProject(dir: string, groups: readonly ModuleGroup[], files: ReadonlyMap<string, ProjectFile>): GoProject {
  const group = groups.find((candidate) => candidate.workFile && candidate.dir === dir);
  const name = nameOf(dir, group?.modules[0]?.path ?? 'go.work', files, 'go.work');
  return { dir, name, group, module: undefined, ownsManifest: true, pkg: undefined, members: [] };
}

/** The name a project.json or package.json gives, else the path from the root; at the root, what the module is called. */
function nameOf(dir: string, modulePath: string, files: ReadonlyMap<string, ProjectFile>, atRoot?: string): string {
  const given = files.get(dir)?.name;
  if (given) return given;
  return dir === '.' ? (atRoot ?? lastElement(modulePath)) : dir;
}

/** The last element of an import path, without a major version suffix: what `go build` calls the binary. */
export function lastElement(importPath: string): string {
  const base = posix.basename(importPath);
  return /^v[0-9]+$/.test(base) && importPath.includes('/') ? posix.basename(posix.dirname(importPath)) : base;
}

import type { Platform } from '../../inputs/build-constraints.js';
import type { ImportWalks } from '../../inputs/import-walks.js';
import type { Names } from '../../inputs/target-request.js';
import type { GroupListing, Module, ModuleGroup, Workspace } from '../../workspace/workspace.js';
import { nearestDir } from '../../paths.js';
import { executableName } from '../../go/binaries/executable-name.js';
import { isLeftOut, type Package } from '../../go/listing/package.js';
import { packagesByDir } from '../../workspace/listing/closure.js';
import type { DeclaredOutputs } from './declared-outputs.js';
import type { ProjectFile } from './project-files.js';

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
  /** Directories at the root that Nx takes no project in, `constructor` say. */
  readonly unnameable: readonly string[];
  private readonly moduleDirs: ReadonlySet<string>;
  private readonly workDirs: ReadonlySet<string>;
  private readonly modules: ReadonlyMap<string, Module>;
  private readonly listed: ReadonlySet<string>;

  constructor(
    workspace: Workspace,
    private readonly listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
    ownPackages: ReadonlyMap<string, Package>,
    files: ReadonlyMap<string, ProjectFile>,
    private readonly granularity: 'package' | 'module',
    private readonly declared: DeclaredOutputs,
    readonly walks: ImportWalks | undefined,
    readonly submodules: readonly string[],
  ) {
    const modules = workspace.groups.flatMap((group) => group.modules.map((module) => [module.dir, module] as const));
    this.modules = new Map(modules);
    this.moduleDirs = new Set(this.modules.keys());
    this.workDirs = new Set(workspace.workDirs);
    this.listed = new Set([...this.modules.values()].flatMap((module) => module.packageDirs));
    const projects = new Map<string, GoProject>();
    for (const group of workspace.groups) {
      const packages = packagesOf(listings.get(group) ?? [], ownPackages);
      for (const project of groupProjects(group, packages, files, granularity)) projects.set(project.dir, project);
    }
    for (const dir of workspace.workDirs) {
      if (!projects.has(dir)) projects.set(dir, workProject(dir, workspace.groups, files));
      else projects.set(dir, { ...(projects.get(dir) as GoProject), ownsManifest: true });
    }
    // Nx keeps projects in a plain object by their root, and loses the whole graph over such a one (24.0.6).
    this.unnameable = [...projects.keys()].filter((dir) => dir in Object.prototype);
    for (const dir of this.unnameable) projects.delete(dir);
    this.byDir = withUniqueRootName(projects, files);
  }

  ownerOfManifest(dir: string): string | undefined {
    return this.byDir.get(dir)?.name;
  }

  workDirAbove(dir: string): string | undefined {
    return nearestDir(dir, (above) => this.workDirs.has(above));
  }

  sourcesOf(dir: string): string | undefined {
    const project = this.byDir.get(dir);
    return project && hasSourcesInput(project, this.granularity) ? project.name : undefined;
  }

  /** The project that holds the package in a directory: its own, or that of its module. */
  projectOf(dir: string): GoProject | undefined {
    return this.byDir.get(dir) ?? this.byDir.get(this.moduleDirOf(dir) ?? dir);
  }

  moduleOf(dir: string): Module | undefined {
    const moduleDir = this.moduleDirOf(dir);
    return moduleDir === undefined ? undefined : this.modules.get(moduleDir);
  }

  private moduleDirOf(dir: string): string | undefined {
    return nearestDir(dir, (above) => this.moduleDirs.has(above));
  }

  platformOf(dir: string): Platform | undefined {
    const project = this.byDir.get(dir);
    return project?.pkg && project.group && this.listings.get(project.group)?.[0]?.configuration;
  }

  submoduleOf(dir: string): string | undefined {
    return this.submodules.find((submodule) => dir === submodule || dir.startsWith(`${submodule}/`));
  }

  generatedSources(dir: string): readonly string[] {
    return this.declared.generatedSources(dir);
  }

  writersOf(dir: string): ReturnType<Names['writersOf']> {
    return this.declared.writersOf(dir).flatMap(({ projectDir, target, glob }) => {
      const project = this.byDir.get(projectDir)?.name;
      return project === undefined ? [] : [{ project, target, glob }];
    });
  }

  /** The projects of which a target writes Go files of a directory. */
  writingProjects(dir: string): GoProject[] {
    return this.declared.writersOf(dir).flatMap(({ projectDir }) => this.byDir.get(projectDir) ?? []);
  }

  isListed(dir: string): boolean {
    return this.listed.has(dir);
  }
}

/**
 * Whether a project carries its package's sources as a named input for others to refer to. Mains do not: nobody imports
 * them. Modules do not: a named input enters the hash of every task that refers to the project, and to a module's
 * project all its packages do.
 */
function hasSourcesInput(project: GoProject, granularity: 'package' | 'module'): boolean {
  return granularity === 'package' && !project.ownsManifest && project.pkg !== undefined && project.pkg.name !== 'main';
}

function groupProjects(
  group: ModuleGroup,
  byDir: ReadonlyMap<string, Package>,
  files: ReadonlyMap<string, ProjectFile>,
  granularity: 'package' | 'module',
): GoProject[] {
  return group.modules.flatMap((module) => {
    const packages = module.packageDirs.flatMap((dir) => byDir.get(dir) ?? []);
    const hasProject = (pkg: Package): boolean => granularity === 'package' || pkg.name === 'main';
    const inModule = packages.filter((pkg) => !isLeftOut(pkg) && (pkg.dir === module.dir || !hasProject(pkg)));
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
        .filter((pkg) => pkg.dir !== module.dir && hasProject(pkg))
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

/**
 * Each directory's package under the first build configuration that includes files of it.
 *
 * @param ownPackages packages that have files only under configurations in their own project.json, by directory.
 */
function packagesOf(
  listings: readonly GroupListing[],
  ownPackages: ReadonlyMap<string, Package>,
): ReadonlyMap<string, Package> {
  const [first, ...others] = listings.map(({ packages }) => packagesByDir(packages));
  const byDir = new Map(first);
  for (const dir of byDir.keys()) {
    const own = ownPackages.get(dir);
    if (own) byDir.set(dir, own);
  }
  for (const other of others) {
    for (const [dir, pkg] of other) {
      const before = byDir.get(dir);
      if ((!before || isLeftOut(before)) && !isLeftOut(pkg)) byDir.set(dir, pkg);
    }
  }
  return byDir;
}

/** The module at the root is called by its path's last element, which may be the name of a directory too. */
function withUniqueRootName(
  projects: ReadonlyMap<string, GoProject>,
  files: ReadonlyMap<string, ProjectFile>,
): ReadonlyMap<string, GoProject> {
  const root = projects.get('.');
  if (!root || files.get('.')?.name) return projects;
  const others = new Set([...projects.values()].filter((project) => project !== root).map(({ name }) => name));
  const names = [root.name, root.module?.path ?? root.name, `${root.name}-root`];
  const name = names.find((candidate) => !others.has(candidate)) ?? root.name;
  return new Map(projects).set('.', { ...root, name });
}

function workProject(dir: string, groups: readonly ModuleGroup[], files: ReadonlyMap<string, ProjectFile>): GoProject {
  const group = groups.find((candidate) => candidate.workFile && candidate.dir === dir);
  const name = nameOf(dir, group?.modules[0]?.path ?? 'go.work', files, 'go.work');
  return { dir, name, group, module: undefined, ownsManifest: true, pkg: undefined, members: [] };
}

/**
 * The name a project.json or package.json gives, else the path from the root; at the root, what the module is called.
 */
function nameOf(dir: string, modulePath: string, files: ReadonlyMap<string, ProjectFile>, atRoot?: string): string {
  const ownName = files.get(dir)?.name;
  if (ownName) return ownName;
  return dir === '.' ? (atRoot ?? executableName(modulePath)) : dir;
}

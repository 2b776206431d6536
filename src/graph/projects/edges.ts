import { posix } from 'node:path';

import type { NxJsonConfiguration, RawProjectGraphDependency } from '@nx/devkit';

import type { Package } from '../../go/listing/package.js';
import { literalPart } from '../../inputs/embed-patterns.js';
import { isOwnDirectory } from '../../inputs/import-walks.js';
import { implicitEdge } from '../../nx/edges.js';
import { selectsTasks } from '../../nx/selection.js';
import { nearestDir } from '../../paths.js';
import type { GoGraph } from '../go-graph.js';
import type { ProjectFile } from './project-files.js';
import type { GoProject, GoProjects } from './projects.js';

/**
 * The dependencies between projects: imports, those of tests included; files embedded from another project; projects
 * whose tasks run before; and, for a selection by projects, an edge from each package to its module and between the
 * modules of a go.work. With these, a target that waits for `^build` waits for all mains of its go.work; a selection by
 * tasks finds manifests in the inputs, and needs none.
 *
 * All are implicit, without a source file: Nx keeps edges of source files that did not change, and so would keep those
 * to a module that has been renamed since. These are made again at every computation of the graph.
 *
 * @param names the final names of all projects by root, those of other plugins too.
 * @param nxJson tells whether `nx affected` selects tasks.
 */
export function goEdges(
  graph: GoGraph,
  names: ReadonlyMap<string, string>,
  nxJson: NxJsonConfiguration,
): RawProjectGraphDependency[] {
  const roots = new Set(names.keys());
  const isByTasks = selectsTasks(nxJson);
  const projectNames = new Set(names.values());
  const rootOf = new Map([...names].map(([root, name]) => [name, root]));
  const edges: RawProjectGraphDependency[] = [];
  for (const project of graph.projects.byDir.values()) {
    const targets = new Set<string | undefined>();
    const isPassed = isPassedByWalks(project, graph.projects);
    for (const pkg of project.members) {
      for (const dir of importedDirs(pkg, project, graph, !isPassed))
        targets.add(nearestDir(dir, (above) => roots.has(above)));
      for (const dir of embeddedRoots(pkg, roots)) targets.add(nearestDir(dir, (above) => roots.has(above)));
    }
    if (!isByTasks) for (const dir of moduleDirs(project, graph.projects)) targets.add(dir);
    for (const name of projectsDependedOn(graph.files.get(project.dir), projectNames)) targets.add(rootOf.get(name));
    const source = names.get(project.dir);
    for (const dir of targets) {
      const target = dir === undefined ? undefined : names.get(dir);
      if (source && target && source !== target) edges.push(implicitEdge(source, target));
    }
  }
  return edges;
}

/** Whether inputs come to the project over edges, which then stand for the imports of its sources alone. */
function isPassedByWalks({ pkg, group }: GoProject, { walks }: GoProjects): boolean {
  return walks !== undefined && pkg !== undefined && group !== undefined && walks.passes(pkg, group);
}

/**
 * Directories of the packages that a package imports, and of those that a package without a project imports in turn.
 *
 * @param tests whether imports of its tests count.
 */
function importedDirs(pkg: Package, project: GoProject, { listings, projects }: GoGraph, tests: boolean): string[] {
  if (!tests && project.group && projects.walks?.endsAt(pkg, project.group)) return [];
  const variants = (project.group && listings.get(project.group)) ?? [];
  return variants.flatMap(({ packages }) => {
    const variant = packages.get(pkg.importPath) ?? pkg;
    const paths = new Set(variant.imports);
    if (tests) for (const path of variant.testImports) paths.add(path);
    const dirs: string[] = [];
    // A Set visits what is added while iterating it.
    for (const path of paths) {
      const imported = packages.get(path);
      if (!imported || !isOwnDirectory(imported.dir)) continue;
      dirs.push(imported.dir);
      // Git ignores it as a whole: it was generated, and is part of whoever imports it.
      if (!projects.isListed(imported.dir)) for (const next of imported.imports) paths.add(next);
    }
    return dirs;
  });
}

/**
 * The projects that the project's own file names as what its targets depend on, `{ "projects": ["web"], "target":
 * "build" }` or `"web:build"`: what they write may be read, and a selection by projects goes by edges alone.
 */
function projectsDependedOn(file: ProjectFile | undefined, known: ReadonlySet<string>): string[] {
  const entries = [...(file?.targets.values() ?? [])].flatMap(({ dependsOn }) => dependsOn ?? []);
  return entries
    .flatMap((entry) => (typeof entry === 'string' ? entry.replace(/:[^:]*$/, '') : (entry.projects ?? [])))
    .filter((name) => known.has(name));
}

/** Where embedded files may lie: told from the patterns, for which files match changes without a new listing. */
function embeddedRoots(pkg: Package, roots: ReadonlySet<string>): string[] {
  if (pkg.embedPatterns.length + pkg.testEmbedPatterns.length === 0) return [];
  return [...pkg.embedPatterns, ...pkg.testEmbedPatterns].flatMap((pattern) => {
    const dir = posix.join(pkg.dir, literalPart(pattern.replace(/^all:/, '')));
    return [dir, ...[...roots].filter((root) => root.startsWith(`${dir}/`))];
  });
}

/** The directories of the modules and of the go.work whose manifests decide about the project. */
function moduleDirs({ dir, group, module, ownsManifest }: GoProject, projects: GoProjects): (string | undefined)[] {
  const manifestDirs =
    module && (dir === module.dir ? (group?.replacements ?? []).map((one) => one.dir) : [module.dir]);
  // A go.work that leaves the module out may take it in.
  if (!group?.workFile || !ownsManifest)
    return [...(manifestDirs ?? []), ...(ownsManifest ? [projects.workDirAbove(dir)] : [])];
  // Any member's go.mod can lift a version that all members then use.
  const members = dir === group.dir ? group.modules.map((member) => member.dir) : [group.dir];
  return [...(manifestDirs ?? []), ...members];
}

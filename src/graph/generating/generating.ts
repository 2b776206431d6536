import type { NxJsonConfiguration } from '@nx/devkit';

import type { Options } from '../options/option-values.js';
import { missingImportDirs } from '../../inputs/missing-import.js';
import type { WritingTask } from '../../inputs/target-request.js';
import { Closures, packagesByDir } from '../../workspace/listing/closure.js';
import type { LoadedWorkspace } from '../../workspace/load.js';
import type { GroupListing } from '../../workspace/workspace.js';
import { effectiveOptions } from '../options/effective-options.js';
import type { PluginOptions } from '../options/options.js';
import type { InferredOutputs } from '../projects/declared-outputs.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';
import type { GoProject, GoProjects } from '../projects/projects.js';
import type { GeneratorsByDir } from './generators.js';

/** What configures targets. */
export interface Configured {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** The commands on PATH that the options `tools` of a project's directory name. */
export function vouchedTools(dir: string, { options, nxJson, files }: Configured): string[] {
  const kinds = ['generate', 'generate-check'] as const;
  const named = kinds.flatMap((kind): unknown => {
    const target = options.targets[kind];
    return target ? (effectiveOptions(kind, target, nxJson, files.get(dir)).options['tools'] ?? []) : [];
  });
  return [...new Set(named.map(String))].sort();
}

/** What a project's `generate` target is declared to write; undefined where nothing says. */
export function outputsOf(dir: string, { options, nxJson, files }: Configured): readonly string[] | undefined {
  const target = options.targets.generate;
  if (!target) return undefined;
  const { executor, options: own } = effectiveOptions('generate', target, nxJson, files.get(dir));
  const declared = files.get(dir)?.targets.get(target.targetName)?.outputs;
  return declared ?? targetDefaults(nxJson, executor, target.targetName).outputs ?? listOf(own, 'outputs');
}

function listOf(options: Options, name: string): readonly string[] | undefined {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** The directories of the projects whose packages have generators. */
export function generatingDirs({ generators, groups }: LoadedWorkspace, { granularity }: PluginOptions): string[] {
  const dirs = [...generators.keys()];
  if (granularity === 'package') return dirs;
  const modules = groups.flatMap((group) => group.modules);
  const above = dirs.flatMap((dir) => modules.filter(({ packageDirs }) => packageDirs.includes(dir)));
  return [...new Set([...dirs, ...above.map(({ dir }) => dir)])];
}

/** What options say that the inferred `generate` targets write. */
export function inferredOutputs(projectDirs: Iterable<string>, configured: Configured): InferredOutputs[] {
  const target = configured.options.targets.generate?.targetName;
  if (target === undefined) return [];
  return [...new Set(projectDirs)].flatMap((projectDir) => {
    const outputs = outputsOf(projectDir, configured);
    return outputs ? [{ projectDir, target, outputs }] : [];
  });
}

/**
 * The order of generators: each project's `generate` waits for those of the projects that its packages import, or that
 * its commands name. What projects import of each other in a circle has no order.
 */
export class GeneratingOrder {
  /** By directory of a project with generators: those that it imports. */
  private readonly edges = new Map<string, ReadonlySet<GoProject>>();

  constructor(
    private readonly generators: GeneratorsByDir,
    private readonly projects: GoProjects,
    listingOf: (project: GoProject) => GroupListing | undefined,
  ) {
    const generating = new Set([...generators.keys()].flatMap((dir) => projects.projectOf(dir) ?? []));
    for (const project of generating) {
      const listing = listingOf(project);
      if (listing) this.edges.set(project.dir, this.importsOf(project, listing));
    }
  }

  private importsOf(project: GoProject, { packages }: GroupListing): ReadonlySet<GoProject> {
    const byDir = packagesByDir(packages);
    const own = project.members.flatMap(({ dir }) => (this.generators.has(dir) ? [dir] : []));
    const roots = [...own, ...own.flatMap((dir) => this.generators.get(dir)?.packages ?? [])];
    const closures = Closures.of(packages);
    const closure = closures.packagesIn(closures.closure(roots.flatMap((dir) => byDir.get(dir)?.importPath ?? [])));
    const imported = closure.flatMap(({ dir, importPath }) => {
      if (this.generators.has(dir)) return this.projects.projectOf(dir) ?? [];
      // What is not there yet may be written by another project's generators.
      const places = dir === '' && project.group ? missingImportDirs(importPath, project.group) : [];
      return places.flatMap((place) => this.projects.writingProjects(place.dir));
    });
    return new Set(imported.filter((other) => other.dir !== project.dir));
  }

  /** The targets of a name that end before the project's own of that name starts. */
  before({ dir }: GoProject, target: string): WritingTask[] {
    const imported = [...(this.edges.get(dir) ?? [])].filter((other) => !this.reaches(other.dir, dir));
    return imported.map(({ name }) => ({ project: name, target })).sort((a, b) => (a.project < b.project ? -1 : 1));
  }

  private reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    for (const dir of seen) {
      if (dir === to) return true;
      for (const next of this.edges.get(dir) ?? []) seen.add(next.dir);
    }
    return false;
  }
}

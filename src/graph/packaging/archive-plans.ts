import type { ModuleGroup } from '../../workspace/workspace.js';
import { buildConfigurationsOf } from '../options/effective-options.js';
import { archivePlan, type ArchivePlan, type PlanContext } from './archive-plan.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProject, GoProjects } from '../projects/projects.js';

/** The archives of all main packages of a workspace. */
export interface ArchivePlans {
  readonly plans: ReadonlyMap<GoProject, ArchivePlan>;
  /** By group and build configuration: the main packages to be built for it, so that go lists them in one process. */
  readonly together: ReadonlyMap<ModuleGroup, ReadonlyMap<string, readonly string[]>>;
}

/** Plans the archives of all main packages. */
export function archivePlans(
  projects: GoProjects,
  { options, nxJson, files }: Omit<PlanContext, 'file' | 'goos'> & { readonly files: ReadonlyMap<string, ProjectFile> },
): ArchivePlans {
  const plans = new Map<GoProject, ArchivePlan>();
  for (const project of projects.byDir.values()) {
    const isMain = project.group && project.module && isProgram(project, projects);
    const { goos } = projects.platformOf(project.dir) ?? {};
    const plan = isMain ? archivePlan(project, { options, nxJson, file: files.get(project.dir), goos }) : undefined;
    if (plan) plans.set(project, plan);
  }
  return { plans, together: listedTogether(plans) };
}

/** Whether a main package has more than tests, be it for other systems alone or yet to be written by a task. */
function isProgram({ dir, pkg }: GoProject, projects: GoProjects): boolean {
  if (pkg?.name !== 'main') return false;
  const files = [...pkg.files, ...pkg.ignoredFiles].filter((file) => /(?<!_test)\.go$/.test(file));
  return files.length > 0 || pkg.errors.length > 0 || projects.generatedSources(dir).length > 0;
}

function listedTogether(plans: ReadonlyMap<GoProject, ArchivePlan>): Map<ModuleGroup, Map<string, string[]>> {
  const together = new Map<ModuleGroup, Map<string, string[]>>();
  for (const [{ group, dir }, { builds }] of plans) {
    if (!group) continue;
    const byConfiguration = together.get(group) ?? new Map<string, string[]>();
    together.set(group, byConfiguration);
    for (const id of new Set(
      builds.flatMap(({ effective }) => buildConfigurationsOf(effective)).map((one) => JSON.stringify(one)),
    )) {
      byConfiguration.set(id, [...(byConfiguration.get(id) ?? []), dir]);
    }
  }
  return together;
}

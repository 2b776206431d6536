import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { originOf } from '../../inputs/external-modules.js';
import { variableInputs } from '../../inputs/settings.js';
import type { TargetListing } from '../../inputs/target-request.js';
import { Closures, packagesByDir } from '../../workspace/listing/closure.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import { TARGET_KINDS } from '../../facts/target-kinds.js';
import { sealPath } from '../../seals/seal-path.js';
import { missingBuildProblem } from './archive-problems.js';
import type { ArchivePlan } from './archive-plan.js';
import type { PlatformBuild } from './platform-builds.js';
import type { GoProject, GoProjects } from '../projects/projects.js';
import { fill } from '../targets/target-paths.js';
import { DECLARED_INPUTS_HOLD, executorAndOptions, type InferredTarget } from '../targets/targets.js';

/**
 * The package target of a main package. It waits for the builds that it packs, and for the tests (or the other targets
 * of the gate) of every package of the workspace that the program is made of. These wait for nothing: all run side by
 * side.
 *
 * @param listings of all builds that it packs.
 * @param builds names of the build targets that the project has; without one that it needs, the target says so when
 * run.
 */
export function archiveTarget(
  project: GoProject,
  plan: ArchivePlan,
  listings: readonly TargetListing[],
  projects: GoProjects,
  builds: readonly string[],
): InferredTarget {
  const { target, gate } = plan;
  const problem = plan.facts.problem ?? missingBuildProblem(project, plan, builds);
  const facts = problem === undefined ? plan.facts : { ...plan.facts, problem };
  const paths = [...facts.archives.map(({ path }) => path), ...(facts.checksums ? [facts.checksums] : [])];
  const held = projectsHeld(project, listings, projects);
  const targetFacts: TargetFacts = { buildConfigurations: [], archive: facts };
  return {
    name: target.targetName,
    externalNodes: [],
    problems: plan.problems,
    writes: paths.map((path) => posix.normalize(path)),
    target: {
      ...executorAndOptions('package', plan.executor, plan.options),
      // No hash holds what is wrong: nothing may come from the cache before it is put right.
      cache: problem === undefined,
      ultracache: DECLARED_INPUTS_HOLD,
      inputs: inputs(project, plan),
      outputs: [...paths, sealPath(project.dir, target.targetName)].map((path) => `{workspaceRoot}/${path}`),
      dependsOn: [
        ...packedBuilds(plan).flatMap((name) => (builds.includes(name) ? { target: name } : [])),
        ...gate.map((name) => ({ target: name, projects: held })),
      ],
      metadata: {
        description: TARGET_KINDS.package.description,
        gopher: targetFacts,
      } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
}

/** Whether an option or the format names the platforms of the archives; else `build` decides. */
export function isForPlatforms({ facts }: ArchivePlan): boolean {
  return facts.archives.some(({ binaries }) => binaries.some(({ platform }) => platform !== undefined));
}

/** The names of the build targets whose binaries go into the archives. */
function packedBuilds({ facts }: ArchivePlan): string[] {
  return [...new Set(facts.archives.flatMap(({ binaries }) => binaries.map((binary) => binary.target)))];
}

/** Lets a build for a platform wait for and read what `build` does, by what the project or nx.json says. */
export function withDeclared(inferred: InferredTarget, { declared }: PlatformBuild): InferredTarget {
  const { dependsOn, inputs: own } = declared;
  const { target } = inferred;
  const inputs = own?.flatMap((input) => (input === '...' ? (target.inputs ?? []) : [input])) ?? target.inputs;
  return { ...inferred, target: { ...target, ...(dependsOn ? { dependsOn } : {}), ...(inputs ? { inputs } : {}) } };
}

/** The binaries of the builds, the files that go with them, and no npm package. */
function inputs(
  project: GoProject,
  { packed, files, facts, variables }: ArchivePlan,
): NonNullable<TargetConfiguration['inputs']> {
  const outputs = packed.flatMap(({ options, configurations }) =>
    [options, ...configurations.values()].map(({ outputPath }) => fill(outputPath ?? facts.name, project)),
  );
  const names = new Set(outputs.map((path) => path.split('/').at(-1) ?? path));
  const filesets = [...files.flatMap((file) => [file, `${file}/**/*`]), ...facts.licenses].map(
    (glob) => `{workspaceRoot}/${glob}`,
  );
  return [
    ...[...names].flatMap((name) =>
      [name, `${name}.exe`].map((file) => ({ dependentTasksOutputFiles: `**/${file}`, transitive: false })),
    ),
    ...filesets,
    // A second time from disk: a task may write these files, and git may ignore them.
    ...filesets.map((fileset) => ({ fileset, includeIgnored: true })),
    { externalDependencies: [] },
    ...variableInputs(variables),
  ];
}

/** The projects whose packages a program is made of, itself first. */
function projectsHeld(project: GoProject, listings: readonly TargetListing[], projects: GoProjects): string[] {
  const { group } = project;
  const names = new Set([project.name]);
  for (const { listing } of listings) {
    const main = packagesByDir(listing.packages).get(project.dir);
    if (!main || !group) continue;
    const closures = Closures.of(listing.packages);
    for (const pkg of closures.packagesIn(closures.closure([main.importPath]))) {
      const name = originOf(pkg, group) === 'workspace' && projects.projectOf(pkg.dir)?.name;
      if (name) names.add(name);
    }
  }
  return [...names];
}

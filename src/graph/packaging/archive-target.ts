import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { originOf } from '../../inputs/external-modules.js';
import type { TargetListing } from '../../inputs/target-request.js';
import { Closures, packagesByDir } from '../../workspace/listing/closure.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import { missingBuildProblem } from './archive-problems.js';
import type { PackagePlan, PlatformBuild } from './archive-plan.js';
import type { GoProject, GoProjects } from '../projects/projects.js';
import { describe, fill, type InferredTarget } from '../targets/targets.js';

/**
 * The package target of a main package. It waits for the builds that it packs, and for the tests (or what else the gate
 * names) of every package of the workspace that the program is made of; these wait for nothing, so all run side by side.
 *
 * @param listings of all builds that it packs.
 * @param builds names of the build targets that the project has; without one that it needs, the target says so when run.
 */
export function packageTarget(
  project: GoProject,
  plan: PackagePlan,
  listings: readonly TargetListing[],
  projects: GoProjects,
  builds: readonly string[],
): InferredTarget {
  const { target, gate } = plan;
  const problem = plan.facts.problem ?? missingBuildProblem(project, plan, builds);
  const facts = problem === undefined ? plan.facts : { ...plan.facts, problem };
  const made = [...facts.archives.map(({ path }) => path), ...(facts.checksums ? [facts.checksums] : [])];
  const held = projectsHeld(project, listings, projects);
  const all: TargetFacts = { buildConfigurations: [], cgo: false, packages: [project.dir], package: facts };
  return {
    name: target.targetName,
    externalNodes: [],
    writes: made.map((path) => posix.normalize(path)),
    target: {
      executor: 'nx-gopher:package',
      // No hash holds what is wrong: nothing may come from the cache before it is put right.
      cache: problem === undefined,
      inputs: inputs(project, plan),
      outputs: made.map((path) => `{workspaceRoot}/${path}`),
      dependsOn: [
        ...packedBuilds(plan).flatMap((name) => (builds.includes(name) ? { target: name } : [])),
        ...gate.map((name) => ({ target: name, projects: held })),
      ],
      options: plan.options,
      metadata: {
        ...describe('package', target.targetName, project.name),
        gopher: all,
      } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
}

/** Whether a package is for platforms that an option or its format names, not for what `build` happens to make. */
export function isForPlatforms({ facts }: PackagePlan): boolean {
  return facts.archives.some(({ binaries }) => binaries.some(({ platform }) => platform !== undefined));
}

/** The names of the build targets that a package is made from. */
function packedBuilds({ facts }: PackagePlan): string[] {
  return [...new Set(facts.archives.flatMap(({ binaries }) => binaries.map((binary) => binary.target)))];
}

/** Lets a build for a platform wait for and read what `build` does, by what the project or nx.json says. */
export function withDeclared(inferred: InferredTarget, { declared }: PlatformBuild): InferredTarget {
  const { dependsOn, inputs: own } = declared;
  const { target } = inferred;
  const inputs = own?.flatMap((input) => (input === '...' ? (target.inputs ?? []) : [input])) ?? target.inputs;
  return { ...inferred, target: { ...target, ...(dependsOn ? { dependsOn } : {}), ...(inputs ? { inputs } : {}) } };
}

/** The binaries as the builds leave them, the files that go with them, and nothing of npm. */
function inputs(
  project: GoProject,
  { packaged, files, facts }: PackagePlan,
): NonNullable<TargetConfiguration['inputs']> {
  const outputs = packaged.flatMap(({ options, configurations }) =>
    [options, ...Object.values(configurations)].map(({ outputPath }) => fill(outputPath ?? facts.name, project)),
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
    // A second time from disk: what goes into a package may well be built, and git ignored.
    ...filesets.map((fileset) => ({ fileset, includeIgnored: true })),
    { externalDependencies: [] },
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

import { isAbsolute, posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { reportPath, type ScanFacts } from '../../facts/scan-facts.js';
import { targetFacts, type TargetFacts } from '../../facts/target-facts.js';
import { kindOfTarget, TARGET_KINDS } from '../../facts/target-kinds.js';
import { DEFAULT_DATABASE } from '../../go/vulnerabilities/database.js';
import { joinedInputs } from '../../inputs/joined-inputs.js';
import { shellWord, variableInputs } from '../../inputs/settings.js';
import { sealPath } from '../../seals/seal-path.js';
import { effectiveOptions, variablesOf, type EffectiveOptions } from '../options/effective-options.js';
import type { Options } from '../options/option-values.js';
import type { GoProject } from '../projects/projects.js';
import type { ProgramContext } from './program-targets.js';
import { fill } from './target-paths.js';
import { DECLARED_INPUTS_HOLD, executorAndOptions, refusedTarget, type InferredTarget } from './targets.js';

/** Prints the tool's version, the database's state and what has expired, from wherever the plugin is installed. */
const STATE = `node -e "import('nx-gopher/vuln-state')" --`;

/**
 * The target that looks for vulnerabilities in the binary of a main package, or in its sources, where the plugin's
 * options ask for it. It reads beside it the database: a database that has moved is another hash.
 */
export function scanTargets(
  project: GoProject,
  inferred: readonly InferredTarget[],
  { options, nxJson, file }: ProgramContext,
): InferredTarget[] {
  const target = options.targets.vuln;
  const build = inferred.find(({ target: one }) => kindOfTarget(one) === 'build');
  const { build: buildOptions } = options.targets;
  if (!target || !build || !buildOptions) return [];
  const effective = effectiveOptions('vuln', target, nxJson, file, project);
  const moduleDir = project.module?.dir ?? project.dir;
  const names = binaryNames(project, build, effectiveOptions('build', buildOptions, nxJson, file, project));
  const scan: ScanFacts = { target: build.name, names, moduleDir };
  const of = effective.options['mode'] === 'source' ? ofSources(build, scan) : ofBinary(scan);
  const made: InferredTarget = {
    name: target.targetName,
    externalNodes: of.externalNodes,
    problems: effective.problems,
    target: {
      ...executorAndOptions('vuln', effective.executor, target.options),
      cache: of.cache,
      ultracache: DECLARED_INPUTS_HOLD,
      inputs: joinedInputs([
        ...of.inputs,
        ...stateInputs(effective.options, moduleDir),
        { externalDependencies: [] },
        ...variableInputs(variablesOf(effective)),
      ]),
      outputs: reports(effective.options, project, target.targetName),
      ...(of.dependsOn ? { dependsOn: of.dependsOn } : {}),
      metadata: { description: TARGET_KINDS.vuln.description, gopher: of.facts } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
  const problem = outsideProblem(effective.options);
  return [problem === undefined ? made : refusedTarget(made, problem)];
}

type Scanned = Pick<TargetConfiguration, 'cache' | 'dependsOn'> &
  Pick<InferredTarget, 'externalNodes'> & {
    readonly inputs: NonNullable<TargetConfiguration['inputs']>;
    readonly facts: TargetFacts;
  };

function ofBinary(scan: ScanFacts): Scanned {
  return {
    cache: true,
    externalNodes: [],
    inputs: scan.names.map((name) => ({ dependentTasksOutputFiles: `**/${name}`, transitive: false })),
    dependsOn: [scan.target],
    facts: { buildConfigurations: [], scan },
  };
}

/** It loads what the build compiles, under the same configurations: their hashes hold the same. */
function ofSources({ target, externalNodes }: InferredTarget, scan: ScanFacts): Scanned {
  const facts: TargetFacts = { buildConfigurations: [], ...targetFacts(target), scan: { ...scan, source: true } };
  return {
    cache: target.cache ?? true,
    externalNodes,
    inputs: target.inputs ?? [],
    ...(target.dependsOn ? { dependsOn: target.dependsOn } : {}),
    facts,
  };
}

/** The names that the binary can have under any configuration of the build. */
function binaryNames(project: GoProject, build: InferredTarget, effective: EffectiveOptions): string[] {
  const { options, configurations } = build.target;
  const layers: Options[] = [
    options as Options,
    ...(Object.values(configurations ?? {}) as Options[]),
    effective.options,
    ...effective.configurations.values(),
  ];
  const paths = layers.flatMap(({ outputPath }) => (outputPath === undefined ? [] : fill(outputPath, project)));
  return [...new Set(paths.map((path) => posix.basename(path)))].flatMap((name) => [name, `${name}.exe`]);
}

function stateInputs({ database, allow }: Options, moduleDir: string): NonNullable<TargetConfiguration['inputs']> {
  const words = [String(database ?? DEFAULT_DATABASE), moduleDir, ...(allow === undefined ? [] : [String(allow)])];
  return [
    { runtime: [STATE, ...words.map(shellWord)].join(' ') },
    ...(allow === undefined ? [] : [{ fileset: `{workspaceRoot}/${String(allow)}`, includeIgnored: true }]),
  ];
}

function reports({ reports: formats }: Options, project: GoProject, name: string): string[] {
  const paths = (Array.isArray(formats) ? formats : []).map((format) => reportPath(project.dir, String(format)));
  return paths.length === 0 ? [] : [...paths, sealPath(project.dir, name)].map((path) => `{workspaceRoot}/${path}`);
}

function outsideProblem({ allow }: Options): string | undefined {
  if (typeof allow !== 'string') return undefined;
  const isOutside = isAbsolute(allow) || posix.normalize(allow).startsWith('..') || /[*?{}[\]()!]/.test(allow);
  return isOutside
    ? `its option allow is "${allow}", which is not the path of a file in the workspace. Write it from the workspace root.`
    : undefined;
}

import { posix } from 'node:path';

import type { ProjectGraphExternalNode, TargetConfiguration } from '@nx/devkit';
import { minimatch } from 'minimatch';

import type { GeneratorFacts } from '../../facts/generator-facts.js';
import type { TargetFacts } from '../../facts/target-facts.js';
import { TARGET_KINDS, type GeneratorTargetKind } from '../../facts/target-kinds.js';
import { covers } from '../../inputs/covering-globs.js';
import type { Inputs } from '../../inputs/embed-patterns.js';
import { joinedInputs } from '../../inputs/joined-inputs.js';
import { vendorDir } from '../../inputs/external-modules.js';
import { targetInputs } from '../../inputs/target-inputs.js';
import { toolState } from '../../inputs/tool-state.js';
import type { Names, TargetInputs, WritingTask } from '../../inputs/target-request.js';
import { sealPath } from '../../seals/seal-path.js';
import { globFromRoot, outputPath } from '../projects/declared-outputs.js';
import type { GoProject } from '../projects/projects.js';
import {
  DECLARED_INPUTS_HOLD,
  executorAndOptions,
  refusedTarget,
  targetRequest,
  waitFor,
  waits,
  type GroupedProject,
  type InferredTarget,
  type TargetContext,
} from '../targets/targets.js';
import type { Generators } from './generators.js';

/** What the targets of generators follow from, beside what all targets under a build configuration do. */
export interface GeneratingContext extends Omit<TargetContext, 'kind'> {
  readonly kind: GeneratorTargetKind;
  /** By directory: the generators of the project's packages. */
  readonly generators: readonly (readonly [dir: string, Generators])[];
  /** What the project's `generate` target is declared to write, as Nx has outputs; undefined where nothing says. */
  readonly outputs: readonly string[] | undefined;
  /** The name of `generate` targets. */
  readonly generateName: string;
  /** The `generate` targets that have to end before. */
  readonly before: readonly WritingTask[];
}

/** The target that writes generated code, or that checks it. */
export function generateTarget(project: GroupedProject, context: GeneratingContext): InferredTarget {
  const { kind, target, effective, outputs } = context;
  const facts = generatorFacts(project, context);
  const reads = allReads(project, facts, context);
  const writes = kind === 'generate' && outputs ? outputs : [];
  const reasons = [...reads.uncacheable, ...context.generators.flatMap(([, { uncacheable }]) => uncacheable)];
  const problem = overwritten(context.generators, facts);
  if (kind === 'generate' && !outputs) reasons.push(undeclared(project, target.targetName));
  const waitsFor = [...new Map([...context.before, ...reads.writers].map((task) => [taskId(task), task])).values()];
  const inferred: InferredTarget = {
    name: target.targetName,
    externalNodes: reads.externalNodes,
    problems: effective.problems,
    target: {
      ...executorAndOptions(kind, effective.executor, target.options),
      cache: reasons.length === 0,
      ultracache: DECLARED_INPUTS_HOLD,
      inputs: reads.inputs,
      outputs: writes.length > 0 ? [...writes, `{workspaceRoot}/${sealPath(project.dir, target.targetName)}`] : [],
      ...(waitsFor.length > 0 ? { dependsOn: waitFor(waitsFor) } : {}),
      metadata: {
        description: TARGET_KINDS[kind].description,
        gopher: {
          buildConfigurations: context.listings.map(({ listing }) => listing.key),
          ...(reads.cgo ? { cgo: true } : {}),
          packages: context.generators.map(([dir]) => dir),
          generators: facts,
          ...(reasons.length > 0 ? { uncacheable: [...new Set(reasons)] } : {}),
          ...(reads.closure ? { closure: reads.closure } : {}),
        } satisfies TargetFacts,
      } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
  const reason = reads.endlessFile === undefined ? problem : waits(reads.endlessFile);
  return reason === undefined ? inferred : refusedTarget(inferred, reason);
}

function taskId({ project, target }: WritingTask): string {
  return `${project}:${target}`;
}

function generatorFacts(project: GoProject, { generators, outputs, effective }: GeneratingContext): GeneratorFacts {
  const own = new Set(generators.map(([dir]) => dir));
  const named = generators.flatMap(([, { packages }]) => packages).filter((dir) => !own.has(dir));
  const { reads } = effective.options;
  const globs = Array.isArray(reads) ? reads.map((glob) => outputPath(project.dir, String(glob)) ?? String(glob)) : [];
  return {
    own: ownGlobs(project, [...own]),
    named: [...new Set(named)].sort(),
    files: [...new Set([...generators.flatMap(([, { files }]) => files), ...globs])].sort(),
    outputs: (outputs ?? []).flatMap((output) => outputPath(project.dir, output) ?? []),
  };
}

/** As {@link directoryPatterns} of the packages. */
function ownGlobs({ dir: projectDir }: GoProject, dirs: readonly string[]): string[] {
  return dirs.flatMap((dir) => {
    const prefix = dir === '.' ? '' : `${dir}/`;
    return [`${prefix}${dir === projectDir && dir !== '.' ? '**/*' : '*'}`, `${prefix}testdata/**/*`];
  });
}

/** What the packages, the packages that their commands name, and their tools are made of. */
function allReads(project: GroupedProject, facts: GeneratorFacts, context: GeneratingContext): TargetInputs {
  const { kind, generators, names } = context;
  const dirs = generators.map(([dir]) => dir);
  const isWriting = kind === 'generate';
  const own = targetInputs(
    targetRequest('directory', dirs, project, context),
    isWriting ? withoutOwnOutputs(names, dirs) : names,
  );
  const others =
    facts.named.length > 0 ? targetInputs(targetRequest('program', facts.named, project, context), names) : undefined;
  const files = [...facts.files, ...(isWriting ? [] : facts.outputs)].map((path) => `{workspaceRoot}/${path}`);
  const added: Inputs = [
    ...files,
    ...files.map((fileset) => ({ fileset, includeIgnored: true })),
    ...toolState(project.module.dir, [...new Set(generators.flatMap(([, { tools }]) => tools))].sort()),
    // The versions of vendored tools are no news of their code.
    ...(project.group.vendor ? [`{workspaceRoot}/${vendorDir(project.group)}/**/*`] : []),
    ...generators.flatMap(([, { variables }]) => variables.map((env) => ({ env }))),
  ];
  const inputs = [...own.inputs, ...(others?.inputs ?? []), ...added];
  return {
    ...own,
    inputs: joinedInputs(isWriting ? without(inputs, facts.outputs, project.dir) : inputs),
    externalNodes: [...new Map([...own.externalNodes, ...(others?.externalNodes ?? [])].map(named)).values()],
    cgo: own.cgo || (others?.cgo ?? false),
    uncacheable: [...own.uncacheable, ...(others?.uncacheable ?? [])],
    endlessFile: own.endlessFile ?? others?.endlessFile,
    // Generators wait for each other in the order of imports, which knows no circles.
    writers: [...own.writers, ...(others?.writers ?? [])].filter(
      ({ project: writer, target }) => target !== context.generateName || !(isWriting || writer === project.name),
    ),
  };
}

function named(node: ProjectGraphExternalNode): [string, ProjectGraphExternalNode] {
  return [node.name, node];
}

/** What a generator writes decides nothing of what it writes: a clean clone, where it is not yet, has the same hash. */
function withoutOwnOutputs(names: Names, dirs: readonly string[]): Names {
  const generatedSources = (dir: string): readonly string[] => (dirs.includes(dir) ? [] : names.generatedSources(dir));
  return Object.assign(Object.create(names) as Names, { generatedSources });
}

/** Inputs that leave out what globs name. A set of files that holds more is kept: of it, a `!` takes what it can. */
function without(inputs: Inputs, globs: readonly string[], projectDir: string): Inputs {
  const isWritten = (fileset: string): boolean => {
    const path = globFromRoot(projectDir, fileset);
    return globs.some((glob) => covers(glob, path));
  };
  const kept = inputs.filter((input) => {
    const { fileset } = typeof input === 'string' ? { fileset: input } : (input as { readonly fileset?: string });
    return !fileset?.startsWith('{') || !isWritten(fileset);
  });
  const prefix = projectDir === '.' ? '' : `${projectDir}/`;
  const left = globs.map((glob) =>
    glob.startsWith(prefix) ? `!{projectRoot}/${glob.slice(prefix.length)}` : `!{workspaceRoot}/${glob}`,
  );
  return [...kept, ...left];
}

/** Nx empties outputs before it puts those of the cache there. */
function overwritten(
  generators: readonly (readonly [dir: string, Generators])[],
  { outputs }: GeneratorFacts,
): string | undefined {
  for (const [dir, { sources }] of generators) {
    for (const source of sources) {
      const path = posix.join(dir, source);
      const output = outputs.find((glob) => path === glob || minimatch(path, glob) || path.startsWith(`${glob}/`));
      if (output !== undefined)
        return `its output ${output} holds ${path}, which has a //go:generate line: it would be deleted. Name only what is generated.`;
    }
  }
  return undefined;
}

function undeclared({ dir }: GoProject, name: string): string {
  const example = JSON.stringify({ targets: { [name]: { outputs: ['{projectRoot}/*_string.go'] } } });
  return `what it writes is not declared. Name it in ${posix.join(dir, 'project.json')}, as ${example}`;
}

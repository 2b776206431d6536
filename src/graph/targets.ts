import type { ProjectGraphExternalNode, TargetConfiguration } from '@nx/devkit';

import type { BuildConfigurationOptions } from '../go/build-configuration.js';
import { targetInputs, type Names, type TargetListing } from '../inputs/target-inputs.js';
import type { TargetFacts } from '../workspace/target-facts.js';
import type { GroupListing } from '../workspace/workspace.js';
import type { TargetKind, TargetOptions } from './options.js';
import type { ProjectFile } from './project-files.js';
import { lastElement, type GoProject } from './projects.js';

/** A target, and the external nodes that its inputs name. */
export interface InferredTarget {
  readonly name: string;
  readonly target: TargetConfiguration;
  readonly externalNodes: readonly ProjectGraphExternalNode[];
}

/** What the targets of one kind have in common over the workspace. */
export interface TargetKindContext {
  readonly kind: Exclude<TargetKind, 'tidy'>;
  readonly options: TargetOptions;
  readonly names: Names;
  readonly granularity: 'package' | 'module';
}

const DESCRIPTIONS: Readonly<Record<TargetKind, readonly [description: string, example: Record<string, unknown>]>> = {
  build: ['Builds the binary with go build', { goos: 'linux', goarch: 'arm64' }],
  test: ['Runs the tests with go test', { run: 'TestName', race: true }],
  vet: ['Checks the package with go vet', { tags: ['integration'] }],
  tidy: ['Tidies go.mod and go.sum with go mod tidy', { check: true }],
};

/** The build, test or vet target of a project. */
export function inferTarget(
  project: GoProject & Required<Pick<GoProject, 'group' | 'module'>>,
  context: TargetKindContext,
  listings: readonly TargetListing[],
  file: ProjectFile | undefined,
): InferredTarget {
  const { kind, options } = context;
  const { group, module } = project;
  if (!group || !module) throw new Error(`${project.dir} has no module`);
  const members = kind === 'build' ? [project.pkg] : project.members;
  const found = targetInputs(
    {
      kind,
      group,
      module,
      dirs: members.flatMap((pkg) => pkg?.dir ?? []),
      projectDir: project.dir,
      listings,
      implicitDependencies: file?.implicitDependencies ?? [],
    },
    context.names,
  );
  const facts: TargetFacts = {
    buildConfigurations: listings.map(({ listing }) => listing.key),
    cgo: found.cgo,
    packages: members.flatMap((pkg) => pkg?.dir ?? []),
    ...(found.uncacheable.length ? { uncacheable: found.uncacheable } : {}),
  };
  return {
    name: options.targetName,
    externalNodes: found.externalNodes,
    target: {
      executor: `nx-gopher:${kind}`,
      cache: found.uncacheable.length === 0,
      inputs: found.inputs,
      outputs: outputs(kind, listings),
      options: { ...options.options, ...ownOptions(kind, project, options) },
      ...(Object.keys(options.configurations).length ? { configurations: options.configurations } : {}),
      metadata: {
        ...describe(kind, options.targetName, project.name),
        gopher: facts,
      } as TargetConfiguration['metadata'],
    } as TargetConfiguration,
  };
}

/** The tidy target of a module: it writes go.mod and go.sum, so nothing of it is cached. */
export function tidyTarget(project: GoProject, options: TargetOptions): InferredTarget {
  const { targetName, configurations } = options;
  return {
    name: targetName,
    externalNodes: [],
    target: {
      executor: 'nx-gopher:tidy',
      cache: false,
      options: options.options,
      ...(Object.keys(configurations).length ? { configurations } : {}),
      metadata: describe('tidy', targetName, project.name),
    } as TargetConfiguration,
  };
}

function ownOptions(kind: TargetKind, project: GoProject, { options }: TargetOptions): Record<string, unknown> {
  if (kind === 'build') return { outputPath: outputPath(project, options['outputPath']) };
  if (kind === 'test' && (options['cover'] === true || options['coverProfile'] !== undefined)) {
    return { coverProfile: fill(options['coverProfile'] ?? 'coverage/{projectRoot}/cover.out', project) };
  }
  return {};
}

function outputPath(project: GoProject, template: unknown): string {
  return fill(template ?? 'dist/{projectRoot}/{binary}', project);
}

/** Fills `{projectRoot}`, `{projectName}` and `{binary}` in an output's path. */
function fill(template: unknown, project: GoProject): string {
  const binary = lastElement(project.dir === '.' ? (project.module?.path ?? 'main') : project.dir);
  return String(template)
    .replaceAll('{projectRoot}', project.dir === '.' ? '' : project.dir)
    .replaceAll('{projectName}', project.name)
    .replaceAll('{binary}', binary)
    .replace(/\/{2,}/g, '/');
}

function outputs(kind: TargetKind, listings: readonly TargetListing[]): string[] {
  if (kind === 'test') return ['{options.coverProfile}'];
  if (kind !== 'build') return [];
  const windows = ({ listing }: { listing: GroupListing }): boolean => listing.configuration.goos === 'windows';
  return [
    ...(listings.every(windows) ? [] : ['{options.outputPath}']),
    ...(listings.some(windows) ? ['{options.outputPath}.exe'] : []),
  ];
}

function describe(
  kind: TargetKind,
  targetName: string,
  projectName: string,
): NonNullable<TargetConfiguration['metadata']> {
  const [description, options] = DESCRIPTIONS[kind];
  return {
    technologies: ['go'],
    description,
    help: { command: `npx nx run ${projectName}:${targetName} --help`, example: { options } },
  };
}

/** The part of an executor's options that decides which files a package is made of, in a fixed order. */
export function buildConfigurationOptions(options: Readonly<Record<string, unknown>>): BuildConfigurationOptions {
  const names = ['goos', 'goarch', 'tags', 'cgo', 'race', 'msan', 'asan', 'env'] as const;
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
}

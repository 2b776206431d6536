import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import type { PackageArchive, PackagedBinary, PackageFacts } from '../workspace/package-facts.js';
import { effectiveOptions, type EffectiveOptions } from './effective-options.js';
import type { PluginOptions, TargetOptions } from './options.js';
import { targetDefaults, type ProjectFile } from './project-files.js';
import type { GoProject } from './projects.js';
import { fill } from './targets.js';

type Options = Readonly<Record<string, unknown>>;
type Format = 'zip' | 'tar.gz' | 'image';
type Platform = NonNullable<PackagedBinary['platform']>;

/** A build target that a package needs beside `build`, for a platform that `build` is not said to be for. */
export interface PlatformBuild {
  readonly target: TargetOptions;
  readonly effective: EffectiveOptions;
  /** What the project or nx.json says that `build` waits for and reads: the same holds for this one. */
  readonly declared: Pick<TargetConfiguration, 'dependsOn' | 'inputs'>;
}

/** What is to be inferred for packaging a main package. */
export interface PackagePlan {
  readonly target: TargetOptions;
  /** Options of the package target as they go into the project's configuration. */
  readonly options: Options;
  readonly builds: readonly PlatformBuild[];
  /** Effective options of every build that the package is made from. */
  readonly packaged: readonly EffectiveOptions[];
  /** Targets that must succeed for all of the program before it is packaged. */
  readonly gate: readonly string[];
  readonly files: readonly string[];
  readonly facts: PackageFacts;
}

/** Everything a plan is made from, beside the project. */
export interface PlanContext {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly file: ProjectFile | undefined;
}

/** Whoever imports one of these is started by AWS Lambda and by nobody else. */
const LAMBDA = ['github.com/aws/aws-lambda-go/lambda', 'github.com/aws/aws-lambda-go/lambdaurl'];

const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+$/;
const EXTENSIONS: Readonly<Record<Format, string>> = { zip: 'zip', 'tar.gz': 'tar.gz', image: 'image.tar' };
/** Files that a licence asks to be handed on, by their names. */
const LICENSES = '{LICENSE,LICENCE,COPYING,NOTICE}{,.md,.txt}';

/** Plans the packaging of a main package; undefined where the options switch it, or its build, off. */
export function planPackage(project: GoProject, { options, nxJson, file }: PlanContext): PackagePlan | undefined {
  const { package: target, build } = options.targets;
  if (!target || !build) return undefined;
  const { options: own } = effectiveOptions('package', target, nxJson, file);
  const format = formatOf(own, project);
  const base = effectiveOptions('build', build, nxJson, file);
  const platforms = platformsOf(own, format);
  const binaries: readonly PackagedBinary[] = platforms.length
    ? platforms.map((platform) => ({ target: buildTargetName(build, base, platform), platform }))
    : [{ target: build.targetName }];
  const builds = binaries.flatMap(({ target: name, platform }) =>
    platform && name !== build.targetName
      ? platformBuild(name, platform, base, build.targetName, { nxJson, file })
      : [],
  );
  const name = fill('{binary}', project);
  const dir = String(fill(own['outputPath'] ?? 'dist/{projectRoot}', project)).replace(/\/$/, '');
  const problem = problemOf(own, project, format, base, builds);
  return {
    target,
    options: { ...target.options, format, outputPath: dir },
    builds,
    packaged: [
      ...(binaries.some((binary) => binary.target === build.targetName) ? [base] : []),
      ...builds.map((one) => one.effective),
    ],
    gate: own['gate'] === undefined ? [options.targets.test?.targetName ?? []].flat() : strings(own['gate']),
    files: filePatterns(own['files'], project),
    facts: {
      name,
      archives: archivesOf(format, `${dir}/${name}`, binaries),
      ...(format === 'tar.gz' ? { checksums: `${dir}/${name}_checksums.txt` } : {}),
      licenses: format === 'tar.gz' ? licensesOf(project) : [],
      ...(problem ? { problem } : {}),
    },
  };
}

/**
 * The format of a package that no option gives one.
 *
 * Only the main package's own imports count: a change that makes it a Lambda handler is one to itself, so its project's
 * configuration, which holds the format, moves no other hash. A module's own directory is different, for the
 * configuration of its project is in the hash of all tasks of the module; there the options have to say it.
 */
function formatOf(own: Options, project: GoProject): Format {
  const given = own['format'];
  if (given === 'zip' || given === 'tar.gz' || given === 'image') return given;
  return isLambda(project) && !project.ownsManifest ? 'zip' : 'tar.gz';
}

function isLambda({ pkg }: GoProject): boolean {
  return pkg?.imports.some((path) => LAMBDA.includes(path)) ?? false;
}

function platformsOf(own: Options, format: Format): Platform[] {
  const given = [...new Set(strings(own['platforms']))].filter((platform) => PLATFORM.test(platform));
  const { architecture } = own;
  const fallback = {
    zip: [`linux/${architecture ?? 'arm64'}`],
    image: [`linux/${architecture ?? 'amd64'}`],
    'tar.gz': [],
  };
  return (given.length ? given : fallback[format]).map((platform) => {
    const [goos = '', goarch = ''] = platform.split('/');
    return { goos, goarch };
  });
}

/** `build` itself where its options say in full what it is for, so that it makes the same on every machine. */
function buildTargetName(build: TargetOptions, { options }: EffectiveOptions, { goos, goarch }: Platform): string {
  const isForIt = options['goos'] === goos && options['goarch'] === goarch && options['cgo'] !== undefined;
  return isForIt ? build.targetName : `${build.targetName}-${goos}-${goarch}`;
}

/** A build as `build` is, but for a platform. Without cgo unless `build` says otherwise: the machine is not to matter. */
function platformBuild(
  targetName: string,
  { goos, goarch }: Platform,
  base: EffectiveOptions,
  buildName: string,
  { nxJson, file }: Pick<PlanContext, 'nxJson' | 'file'>,
): PlatformBuild {
  const outputPath = `dist/{projectRoot}/${targetName}/{binary}`;
  const options = { cgo: false, ...base.options, goos, goarch, outputPath };
  const named = Object.entries(base.configurations)
    .filter(([, configuration]) => !(configuration['goos'] ?? configuration['goarch']))
    .map(([name, configuration]) => [name, omit(configuration, 'outputPath')] as const);
  const target = { targetName, options, configurations: Object.fromEntries(named) };
  const effective = { ...effectiveOptions('build', target, nxJson, file), hasDependencies: base.hasDependencies };
  const { dependsOn, inputs } = {
    ...targetDefaults(nxJson, 'nx-gopher:build', buildName),
    ...file?.targets[buildName],
  };
  return { target, effective, declared: { ...(dependsOn ? { dependsOn } : {}), ...(inputs ? { inputs } : {}) } };
}

function omit(options: Options, name: string): Options {
  return Object.fromEntries(Object.entries(options).filter(([other]) => other !== name));
}

function archivesOf(format: Format, stem: string, binaries: readonly PackagedBinary[]): PackageArchive[] {
  const extension = EXTENSIONS[format];
  if (format === 'image') return [{ path: `${stem}.${extension}`, binaries }];
  return binaries.map((binary) => {
    const platform = binaries.length > 1 && binary.platform;
    const suffix = platform ? `_${platform.goos}_${platform.goarch}` : '';
    return { path: `${stem}${suffix}.${extension}`, binaries: [binary] };
  });
}

/** A list of a project's own file, of which nobody has checked yet that it is one. */
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function licensesOf({ dir, module }: GoProject): string[] {
  const dirs = new Set([dir, module?.dir ?? '.', '.']);
  return [...dirs].map((one) => (one === '.' ? LICENSES : `${one}/${LICENSES}`));
}

/** The globs of the option `files`, from the workspace's root. */
function filePatterns(files: unknown, project: GoProject): string[] {
  const list = Array.isArray(files) ? (files as readonly (string | { readonly source?: string })[]) : [];
  const sources = list.flatMap((file) => (typeof file === 'string' ? file : (file.source ?? [])));
  return sources.map((source) => fill(source.replace(/^\{workspaceRoot\}\//, ''), project).replace(/^\.?\//, ''));
}

/** Why a package cannot be made as things are written down, with what to write instead. */
function problemOf(
  own: Options,
  project: GoProject,
  format: Format,
  base: EffectiveOptions,
  builds: readonly PlatformBuild[],
): string | undefined {
  const file = project.dir === '.' ? 'project.json' : `${project.dir}/project.json`;
  if (isLambda(project) && project.ownsManifest && own['format'] === undefined) {
    return (
      `${project.name} imports ${LAMBDA[0]}, and lies in the directory of its module's go.mod, where nx-gopher infers ` +
      `no format from imports. Write one down in ${file}:\n  {"targets":{"package":{"options":{"format":"zip"}}}}`
    );
  }
  const wrong = strings(own['platforms']).find((platform) => !PLATFORM.test(platform));
  if (wrong !== undefined) {
    return `${project.name} is to be packaged for the platform "${wrong}", which is not written as goos/goarch, e.g. linux/arm64.`;
  }
  const clash = builds.find(({ effective, target }) => {
    const { goos, goarch, outputPath } = effective.options;
    return (
      goos !== target.options['goos'] ||
      goarch !== target.options['goarch'] ||
      outputPath === base.options['outputPath']
    );
  });
  return clash
    ? `${project.name} is to be packaged as ${format} from its target ${clash.target.targetName}, but targetDefaults in nx.json give ` +
        `nx-gopher:build a goos, goarch or outputPath for all targets. Set these in the plugin's options under "build" instead.`
    : undefined;
}

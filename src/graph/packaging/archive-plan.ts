import { posix } from 'node:path';

import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { makesProgram } from '../../go/binaries/build-mode.js';
import type { Archive, ArchivedBinary, ArchiveFacts } from '../../facts/archive-facts.js';
import { effectiveOptions, type EffectiveOptions } from '../options/effective-options.js';
import type { PluginOptions, TargetOptions } from '../options/options.js';
import { filePatterns } from './archive-files.js';
import { formatOf, platformsOf, strings, type Format, type Options, type Platform } from './archive-options.js';
import { problemOf } from './archive-problems.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';
import { fill } from '../targets/targets.js';

/** A build target that an archive needs next to `build`, for a platform that `build` does not name. */
export interface PlatformBuild {
  readonly target: TargetOptions;
  readonly effective: EffectiveOptions;
  /** What the project or nx.json says that `build` waits for and reads: the same holds for this one. */
  readonly declared: Pick<TargetConfiguration, 'dependsOn' | 'inputs'>;
}

/** What the graph infers for the archives of a main package. */
export interface ArchivePlan {
  readonly target: TargetOptions;
  /** Options of the package target as they go into the project's configuration. */
  readonly options: Options;
  readonly builds: readonly PlatformBuild[];
  /** Effective options of every build that goes into an archive. */
  readonly packed: readonly EffectiveOptions[];
  /** Targets that must succeed for every package of the program before its archives are written. */
  readonly gate: readonly string[];
  readonly files: readonly string[];
  readonly facts: ArchiveFacts;
}

/** Everything that a plan follows from, next to the project. */
export interface PlanContext {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly file: ProjectFile | undefined;
  /** The system that `build` is for where its options name none. */
  readonly goos: string | undefined;
}

const EXTENSIONS: Readonly<Record<Format, string>> = { zip: 'zip', 'tar.gz': 'tar.gz', image: 'image.tar' };
/** Files that a licence asks to be handed on, by their names. */
const LICENSES = '{LICENSE,LICENCE,COPYING,NOTICE}{,.md,.txt}';

/** Plans the archives of a main package; undefined where the options switch them, or its build, off. */
export function archivePlan(project: GoProject, { options, nxJson, file, goos }: PlanContext): ArchivePlan | undefined {
  const { package: target, build } = options.targets;
  if (!target || !build) return undefined;
  const { options: own } = effectiveOptions('package', target, nxJson, file);
  const format = formatOf(own, project);
  const base = effectiveOptions('build', build, nxJson, file);
  const platforms = platformsOf(own, format);
  const wanted: readonly Omit<ArchivedBinary, 'files'>[] = platforms.length
    ? platforms.map((platform) => ({ target: buildTargetName(build, base, platform), platform }))
    : [{ target: build.targetName }];
  const builds = wanted.flatMap(({ target: name, platform }) =>
    platform && name !== build.targetName
      ? platformBuild(name, platform, base, build.targetName, { nxJson, file })
      : [],
  );
  const binaries = wanted.map((binary): ArchivedBinary => {
    const effective = builds.find((one) => one.target.targetName === binary.target)?.effective ?? base;
    return { ...binary, files: binaryFiles(effective, goos, project) };
  });
  const name = fill('{binary}', project);
  const dir = String(fill(own['outputPath'] ?? 'dist/{projectRoot}', project)).replace(/\/$/, '');
  const gate = own['gate'] === undefined ? [options.targets.test?.targetName ?? []].flat() : strings(own['gate']);
  const problem = problemOf(own, project, format, base, builds);
  return {
    target,
    options: { ...target.options, format, outputPath: dir },
    builds,
    packed: [
      ...(binaries.some((binary) => binary.target === build.targetName) ? [base] : []),
      ...builds.map((one) => one.effective),
    ],
    gate,
    files: filePatterns(own['files'], project),
    facts: {
      name,
      gate,
      archives: archivesOf(format, `${dir}/${name}`, binaries),
      ...(format === 'tar.gz' ? { checksums: `${dir}/${name}_checksums.txt` } : {}),
      licenses: format === 'tar.gz' ? licensesOf(project) : [],
      ...(problem ? { problem } : {}),
    },
  };
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

/** The name of the file that a build writes, by named configuration; under '' without one. */
function binaryFiles(
  { options, configurations }: EffectiveOptions,
  goos: string | undefined,
  project: GoProject,
): Record<string, string> {
  const nameOf = (own: Options): string => {
    const all: Options = { ...options, ...own };
    const isForPlatform = (own['goos'] ?? own['goarch']) !== undefined;
    const path = own['outputPath'] ?? (isForPlatform ? undefined : options['outputPath']);
    const name = posix.basename(fill(path ?? '{binary}', project).replaceAll('\\', '/'));
    const system = all['goos'] ?? (all['env'] as Options | undefined)?.['GOOS'] ?? goos;
    const isExe = system === 'windows' && makesProgram(all['buildmode']) && !/\.exe$/i.test(name);
    return isExe ? `${name}.exe` : name;
  };
  return Object.fromEntries(
    [['', {}] as const, ...Object.entries(configurations)].map(([name, own]) => [name, nameOf(own)]),
  );
}

function archivesOf(format: Format, stem: string, binaries: readonly ArchivedBinary[]): Archive[] {
  const extension = EXTENSIONS[format];
  if (format === 'image') return [{ path: `${stem}.${extension}`, binaries }];
  return binaries.map((binary) => {
    const platform = binaries.length > 1 && binary.platform;
    const suffix = platform ? `_${platform.goos}_${platform.goarch}` : '';
    return { path: `${stem}${suffix}.${extension}`, binaries: [binary] };
  });
}

function licensesOf({ dir, module }: GoProject): string[] {
  const dirs = new Set([dir, module?.dir ?? '.', '.']);
  return [...dirs].map((one) => (one === '.' ? LICENSES : `${one}/${LICENSES}`));
}

import { posix } from 'node:path';

import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { ByName } from '../../by-name.js';
import type { ArchivedBinary } from '../../facts/archive-facts.js';
import { makesProgram } from '../../go/binaries/build-mode.js';
import { effectiveOptions, type EffectiveOptions } from '../options/effective-options.js';
import type { TargetOptions } from '../options/options.js';
import { targetDefaults, type ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';
import type { Options } from '../options/option-values.js';
import { fill } from '../targets/target-paths.js';
import type { Platform } from './archive-options.js';

/** A build target that an archive needs next to `build`, for a platform that `build` does not name. */
export interface PlatformBuild {
  readonly target: TargetOptions;
  readonly effective: EffectiveOptions;
  /** What the project or nx.json says that `build` waits for and reads: the same holds for this one. */
  readonly declared: Pick<TargetConfiguration, 'dependsOn' | 'inputs'>;
}

/** What decides about a build, next to the plugin's options. */
export interface BuildContext {
  readonly nxJson: NxJsonConfiguration;
  readonly file: ProjectFile | undefined;
  /** The system that `build` is for where its options name none. */
  readonly goos: string | undefined;
}

/** The builds that go into the archives of a main package. */
export interface ArchiveBuilds {
  /** What `build` itself runs with. */
  readonly base: EffectiveOptions;
  /** Those that are needed next to `build`. */
  readonly builds: readonly PlatformBuild[];
  readonly binaries: readonly ArchivedBinary[];
}

/** @param platforms those to pack for; none means the binary of `build`. */
export function archiveBuilds(
  project: GoProject,
  platforms: readonly Platform[],
  build: TargetOptions,
  context: BuildContext,
): ArchiveBuilds {
  const base = effectiveOptions('build', build, context.nxJson, context.file, project);
  const wanted: readonly Omit<ArchivedBinary, 'files'>[] = platforms.length
    ? platforms.map((platform) => ({ target: buildTargetName(build, base, platform), platform }))
    : [{ target: build.targetName }];
  const builds = wanted.flatMap(({ target: name, platform }) =>
    platform && name !== build.targetName
      ? platformBuild(name, platform, base, build.targetName, { ...context, project })
      : [],
  );
  const binaries = wanted.map((binary): ArchivedBinary => {
    const effective = builds.find((one) => one.target.targetName === binary.target)?.effective ?? base;
    return { ...binary, files: binaryFiles(effective, context.goos, project) };
  });
  return { base, builds, binaries };
}

/** `build` itself where its options name the platform in full, so that its binary is the same on every machine. */
function buildTargetName(build: TargetOptions, { options }: EffectiveOptions, { goos, goarch }: Platform): string {
  const isForIt = options['goos'] === goos && options['goarch'] === goarch && options['cgo'] !== undefined;
  return isForIt ? build.targetName : `${build.targetName}-${goos}-${goarch}`;
}

/**
 * A build as `build` is, but for a platform. Without cgo unless `build` says otherwise: the machine is not to matter.
 */
function platformBuild(
  targetName: string,
  { goos, goarch }: Platform,
  base: EffectiveOptions,
  buildName: string,
  { nxJson, file, project }: BuildContext & { readonly project: GoProject },
): PlatformBuild {
  const outputPath = `dist/{projectRoot}/${targetName}/{binary}`;
  const options = { cgo: false, ...base.options, goos, goarch, outputPath };
  const named = [...base.configurations]
    .filter(([, configuration]) => !(configuration['goos'] ?? configuration['goarch']))
    .map(([name, configuration]) => [name, omit(configuration, 'outputPath')] as const);
  const target = { targetName, options, configurations: new ByName(named), problems: [] };
  const platformOptions = effectiveOptions('build', target, nxJson, file, project);
  const problems = [...base.problems, ...platformOptions.problems];
  const effective = { ...platformOptions, problems, hasDependencies: base.hasDependencies };
  const { dependsOn, inputs } = {
    ...targetDefaults(nxJson, base.executor, buildName),
    ...file?.targets.get(buildName),
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
): ArchivedBinary['files'] {
  const nameOf = (overrides: Options): string => {
    const merged: Options = { ...options, ...overrides };
    const isForPlatform = (overrides['goos'] ?? overrides['goarch']) !== undefined;
    const path = overrides['outputPath'] ?? (isForPlatform ? undefined : options['outputPath']);
    const name = posix.basename(fill(path ?? '{binary}', project).replaceAll('\\', '/'));
    const system = merged['goos'] ?? (merged['env'] as Options | undefined)?.['GOOS'] ?? goos;
    const isExe = system === 'windows' && makesProgram(merged['buildmode']) && !/\.exe$/i.test(name);
    return isExe ? `${name}.exe` : name;
  };
  return Object.fromEntries(
    [['', {}] as const, ...configurations].map(([name, overrides]) => [name, nameOf(overrides)]),
  );
}

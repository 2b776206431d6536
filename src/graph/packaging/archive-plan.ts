import type { Archive, ArchivedBinary, ArchiveFacts } from '../../facts/archive-facts.js';
import { effectiveOptions, variablesOf, type EffectiveOptions } from '../options/effective-options.js';
import type { PluginOptions, TargetOptions } from '../options/options.js';
import type { GoProject } from '../projects/projects.js';
import { fill } from '../targets/target-paths.js';
import { filePatterns } from './archive-files.js';
import { formatOf, platformsOf, strings, type Format } from './archive-options.js';
import type { Options } from '../options/option-values.js';
import { problemOf } from './archive-problems.js';
import { archiveBuilds, type BuildContext, type PlatformBuild } from './platform-builds.js';

/** What the graph infers for the archives of a main package. */
export interface ArchivePlan {
  readonly target: TargetOptions;
  /** Options of the package target as they go into the project's configuration. */
  readonly executor: string;
  readonly options: Options;
  readonly builds: readonly PlatformBuild[];
  /** Effective options of every build that goes into an archive. */
  readonly packed: readonly EffectiveOptions[];
  /** Targets that must succeed for every package of the program before its archives are written. */
  readonly gate: readonly string[];
  readonly files: readonly string[];
  /** Environment variables that its options refer to. */
  readonly variables: readonly string[];
  readonly facts: ArchiveFacts;
  /** What is wrong with its options. */
  readonly problems: readonly string[];
}

/** Everything that a plan follows from, next to the project. */
export interface PlanContext extends BuildContext {
  readonly options: PluginOptions;
}

const EXTENSIONS: Readonly<Record<Format, string>> = { zip: 'zip', 'tar.gz': 'tar.gz', image: 'image.tar' };
/** Files that a licence asks to be handed on, by their names. */
const LICENSES = '{LICENSE,LICENCE,COPYING,NOTICE}{,.md,.txt}';

/** Plans the archives of a main package; undefined where the options switch them, or its build, off. */
export function archivePlan(project: GoProject, context: PlanContext): ArchivePlan | undefined {
  const { options, nxJson, file } = context;
  const { package: target, build } = options.targets;
  if (!target || !build) return undefined;
  const effective = effectiveOptions('package', target, nxJson, file, project);
  const { executor, options: archiveOptions, problems } = effective;
  const format = formatOf(archiveOptions, project);
  const { base, builds, binaries } = archiveBuilds(project, platformsOf(archiveOptions, format), build, context);
  const name = fill('{binary}', project);
  const dir = String(fill(archiveOptions['outputPath'] ?? 'dist/{projectRoot}', project)).replace(/\/$/, '');
  const gate =
    archiveOptions['gate'] === undefined
      ? [options.targets.test?.targetName ?? []].flat()
      : strings(archiveOptions['gate']);
  const problem = problemOf(archiveOptions, project, format, base, builds);
  return {
    target,
    executor,
    options: { ...target.options, format, outputPath: dir },
    builds,
    packed: [
      ...(binaries.some((binary) => binary.target === build.targetName) ? [base] : []),
      ...builds.map((one) => one.effective),
    ],
    gate,
    problems,
    files: filePatterns(archiveOptions['files'], project),
    variables: variablesOf(effective),
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

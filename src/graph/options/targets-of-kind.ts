import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { ByName } from '../../by-name.js';
import { compiledKind, kindOfTarget, type CompiledTargetKind } from '../../facts/target-kinds.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { Options } from './option-values.js';
import type { PluginOptions, TargetOptions } from './options.js';

/**
 * The targets of a kind that a project has: the inferred one, and those that its own file gives the kind's executor
 * under other names, a `test-race` next to `test`, say. All of them start from the plugin's options for the kind.
 */
export function targetsOfKind(
  kind: CompiledTargetKind,
  { targets }: Pick<PluginOptions, 'targets'>,
  file: ProjectFile | undefined,
): TargetOptions[] {
  const base = targets[kind];
  if (!base) return [];
  const further = [...(file?.targets ?? [])].filter(
    ([name, target]) => name !== base.targetName && kindOfTarget(target) === kind,
  );
  return [base, ...further.map(([name, target]) => besides(base, name, target, compiledKind(kind).outputPath))];
}

/** It writes beside what the inferred target writes: else a cache would restore the one over the other. */
function besides(
  inferred: TargetOptions,
  targetName: string,
  { options, configurations }: TargetConfiguration,
  outputPath: string | undefined,
): TargetOptions {
  const base = { ...inferred, targetName, isFurther: true } as const;
  const directory = targetName.replaceAll(':', '-');
  const path = base.options['outputPath'] ?? outputPath;
  if (typeof path === 'string') {
    const apart = posix.join(posix.dirname(path), directory, posix.basename(path));
    return { ...base, options: { ...base.options, outputPath: apart } };
  }
  const coverProfile = `coverage/{projectRoot}/${directory}/cover.out`;
  const written = { ...base.options, ...(options as Options) };
  if (writesDefaultProfile(written)) return { ...base, options: { ...base.options, coverProfile } };
  const named = new ByName(base.configurations);
  for (const [name, own] of Object.entries((configurations ?? {}) as object) as [string, Options][]) {
    const earlier = named.get(name);
    if (writesDefaultProfile({ ...written, ...earlier, ...own })) named.set(name, { ...earlier, coverProfile });
  }
  return { ...base, configurations: named };
}

/** Whether a test measures coverage, and nothing says where the profile goes. */
function writesDefaultProfile({ cover, coverMode, coverPkg, coverProfile }: Options): boolean {
  return cover !== false && Boolean(cover ?? coverMode ?? coverPkg) && coverProfile === undefined;
}

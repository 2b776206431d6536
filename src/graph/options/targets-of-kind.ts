import { posix } from 'node:path';

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
  return [
    base,
    ...further.map(([name, { options, configurations }]) => {
      const written = [options, ...Object.values((configurations ?? {}) as object)] as Options[];
      return furtherTarget(kind, name, base, written);
    }),
  ];
}

/** What it writes must not be what the inferred target writes: each would restore its own over the other's. */
function furtherTarget(
  kind: CompiledTargetKind,
  targetName: string,
  base: TargetOptions,
  written: readonly (Options | undefined)[],
): TargetOptions {
  const further = { ...base, targetName };
  const path = base.options['outputPath'] ?? compiledKind(kind).outputPath;
  if (typeof path === 'string')
    return { ...further, options: { ...base.options, outputPath: besides(path, targetName) } };
  const sets = written.map((one) => ({ ...base.options, ...written[0], ...one }) as Options);
  return sets.some(writesDefaultProfile)
    ? { ...further, problems: [...base.problems, profileProblem(targetName, base.targetName)] }
    : further;
}

function besides(path: string, name: string): string {
  return posix.join(posix.dirname(path), name, posix.basename(path));
}

function writesDefaultProfile({ cover, coverMode, coverPkg, coverProfile }: Options): boolean {
  return cover !== false && Boolean(cover ?? coverMode ?? coverPkg) && coverProfile === undefined;
}

function profileProblem(name: string, other: string): string {
  return `the target ${name} would write the coverage profile of ${other}. Give it another path with its option coverProfile.`;
}

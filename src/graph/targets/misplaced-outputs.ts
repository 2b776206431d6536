import { posix } from 'node:path';

import { outputFlags, outputProblem } from '../../facts/output-problem.js';
import type { EffectiveOptions } from '../options/effective-options.js';

/** A target, and what its options say of the files that it writes. */
export interface OutputOptions {
  /** Directory of its project, from the workspace's root. */
  readonly root: string;
  /** Its id, e.g. `services/orders:build`. */
  readonly id: string;
  readonly targetName: string;
  /** The paths that it writes under its configurations, from the workspace's root. */
  readonly paths: readonly string[];
  /** The option that names them. */
  readonly option: 'outputPath' | 'coverProfile';
  readonly effective?: Pick<EffectiveOptions, 'options' | 'configurations'>;
}

/**
 * Targets that would write over what is no output: sources, manifests, somebody else's files, or outside of the
 * workspace.
 *
 * @param dirs directories of Go packages and modules, from the workspace's root, and those that they lie in.
 * @returns by id of the target, why it must not run and what makes it right.
 */
export function misplacedOutputs(
  targets: readonly OutputOptions[],
  dirs: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const target of targets) {
    const problem = problemOf(target, dirs);
    if (problem !== undefined) problems.set(target.id, problem);
  }
  return problems;
}

function problemOf({ root, id, targetName, paths, option, effective }: OutputOptions, dirs: ReadonlySet<string>) {
  const file = posix.join(root, 'project.json');
  for (const path of paths) {
    const problem = outputProblem(path) ?? (isDirectory(path, dirs) ? 'it is a directory' : undefined);
    if (problem === undefined) continue;
    const lines = { targets: { [targetName]: { options: { [option]: posix.join('dist', root, 'app') } } } };
    return `${id} would write ${path}: ${problem}. Give it another ${option}, e.g. in ${file}: ${JSON.stringify(lines)}`;
  }
  const optionSets = effective ? [effective.options, ...effective.configurations.values()] : [];
  const [flag] = optionSets.flatMap(({ args }) => outputFlags(args));
  if (flag === undefined) return undefined;
  return `${id} has ${flag} among its args, and so writes what its outputs do not name. Use the option ${option} in ${file}`;
}

/** Whether a path is one of the directories. */
function isDirectory(path: string, dirs: ReadonlySet<string>): boolean {
  return dirs.has(posix.normalize(path.replaceAll('\\', '/')));
}

/** Directories, and all that they lie in. */
export function withParents(dirs: Iterable<string>): ReadonlySet<string> {
  const above = new Set<string>();
  for (const dir of dirs) for (let one = dir; one !== '.' && !above.has(one); one = posix.dirname(one)) above.add(one);
  return above;
}

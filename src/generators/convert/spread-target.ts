import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { ownExecutor, SHARED_EXECUTOR } from '../../facts/target-kinds.js';
import type { ConversionContext } from './conversion-context.js';
import { isIn } from './main-packages.js';
import { without, withoutUndefined } from './members.js';
import { movedKeys } from './moved-keys.js';
import type { OldProject, OldTarget } from './old-projects.js';
import { KINDS, type PeerKind } from './peer.js';
import { convertInputs } from './target-inputs.js';
import { write, type Writes } from './writes.js';

/**
 * The directories whose projects have what a test, lint or tidy of an old project was: its own, or, where that holds no
 * package, those of the packages below it in its module.
 */
export function packagesOf(
  { root, module }: OldProject,
  kind: PeerKind,
  { granularity }: ConversionContext,
): readonly string[] {
  if (!module) return [];
  const dirs = (list: readonly string[]) => list.map((dir) => posix.join(module.dir, dir));
  const isModule = module.dir === root;
  if (kind === 'tidy' || granularity === 'module')
    return isModule || (kind !== 'tidy' && dirs(module.mains).includes(root)) ? [root] : [];
  if (dirs(module.packages).includes(root)) return [root];
  return dirs(kind === 'test' ? module.tested : module.packages).filter((dir) => isIn(root, dir));
}

/**
 * Gives a target to the projects in some directories, with all that it says. Where the old project is not among them,
 * its name stands for them.
 *
 * @returns what the target is now.
 */
export function spread(
  project: OldProject,
  target: OldTarget,
  dirs: readonly string[],
  optionsOf: (dir: string) => TargetConfiguration,
  context: ConversionContext,
  writes: Writes,
): string {
  const { root } = project;
  const { name, kind, isWritten } = target;
  const further = furtherTarget(target, context);
  const keys = otherKeys(project, target, context);
  const isBelow = dirs.some((dir) => dir !== root);
  const moved = isBelow
    ? movedKeys(keysBelow(project, target, keys, context), { root, name: context.nameOf(root) })
    : keys;
  for (const dir of dirs) {
    const { options, ...own } = optionsOf(dir);
    const all = further?.options || options ? { ...further?.options, ...options } : undefined;
    const wanted = withoutUndefined({ ...further, ...(dir === root ? keys : moved), ...own, options: all });
    const isNeeded = dir === root ? isWritten : writes.get(dir)?.has(name);
    if (isNeeded || Object.keys(wanted).length) write(writes, dir, name, wanted);
  }
  const ours = KINDS[kind as keyof typeof KINDS];
  const executor = ours === 'tidy' ? ownExecutor(ours) : `${SHARED_EXECUTOR} (${ours})`;
  if (dirs.includes(root)) return executor;
  const projects = dirs.map(context.nameOf);
  write(writes, root, name, { executor: 'nx:noop', dependsOn: [{ projects, target: name }] });
  return `${executor} in ${projects.join(', ')}; nx:noop stands for it`;
}

/** What makes nx-gopher infer a target of a kind under a name that is not the kind's. */
function furtherTarget(
  { name, kind }: OldTarget,
  { names }: ConversionContext,
): Pick<TargetConfiguration, 'executor' | 'options'> | undefined {
  if (name === names[kind]) return undefined;
  const ours = KINDS[kind as keyof typeof KINDS];
  return ours === 'tidy' ? { executor: ownExecutor(ours) } : { executor: SHARED_EXECUTOR, options: { kind: ours } };
}

/**
 * The keys of a target for one below the old project. The old name stands for that one, and is a dependency of it: it
 * cannot wait for all targets of this name in its dependencies, but for those in the projects that the old file names.
 */
function keysBelow(
  { name: project, implicitDependencies }: OldProject,
  { name }: OldTarget,
  { dependsOn, ...keys }: TargetConfiguration,
  { report }: ConversionContext,
): TargetConfiguration {
  if (!dependsOn) return keys;
  const isCircle = (one: (typeof dependsOn)[number]) =>
    typeof one === 'string' ? one === `^${name}` : one.target === name && one.dependencies;
  if (dependsOn.some(isCircle))
    report.note(
      `${project}:${name}`,
      `waits for ${name} of the projects that implicitDependencies names, not for ^${name}`,
    );
  const named = implicitDependencies.length ? [{ projects: [...implicitDependencies], target: name }] : [];
  const rest = dependsOn.flatMap((one) => (isCircle(one) ? named : [one]));
  return rest.some((one) => one !== '...') ? { ...keys, dependsOn: rest } : keys;
}

/** What a target says besides executor and options; caching and outputs are inferred from now on. */
export function otherKeys(
  project: OldProject,
  { name, kind, written }: OldTarget,
  { peer, report }: ConversionContext,
): TargetConfiguration {
  const { cache, inputs, outputs, dependsOn } = written;
  const where = `${project.name}:${name}`;
  if (cache) report.inferredNow(where, 'cache', cache);
  if (outputs) report.inferredNow(where, 'outputs', outputs);
  return withoutUndefined({
    ...without(written, 'executor', 'options', 'configurations', 'cache', 'inputs', 'outputs'),
    ...(cache === false ? { cache } : {}),
    // Behind what nx-gopher infers: the tasks that write what a program embeds, and the one that lets others start.
    dependsOn: dependsOn && kind !== 'tidy' && !dependsOn.includes('...') ? ['...', ...dependsOn] : dependsOn,
    inputs: convertInputs(inputs, peer, where, report),
  });
}

import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import type { ConversionContext } from './conversion-context.js';
import { isIn } from './main-packages.js';
import { without, withoutUndefined } from './members.js';
import { movedKeys } from './moved-keys.js';
import { KINDS } from './nx-json.js';
import type { OldProject, OldTarget } from './old-projects.js';
import type { PeerKind } from './peer.js';
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
  const keys = otherKeys(project, target, context);
  const moved = movedKeys(keys, { root, name: context.nameOf(root) });
  for (const dir of dirs) {
    const wanted = withoutUndefined({ ...(dir === root ? keys : moved), ...optionsOf(dir) });
    const isNeeded = dir === root ? isWritten : writes.get(dir)?.has(name);
    if (isNeeded || Object.keys(wanted).length) write(writes, dir, name, wanted);
  }
  const executor = `nx-gopher:${KINDS[kind as keyof typeof KINDS]}`;
  if (dirs.includes(root)) return executor;
  const projects = dirs.map(context.nameOf);
  write(writes, root, name, { executor: 'nx:noop', dependsOn: [{ projects, target: name }] });
  return `${executor} in ${projects.join(', ')}; nx:noop stands for it`;
}

/** What a target says besides executor and options; caching and outputs are inferred from now on. */
function otherKeys(
  project: OldProject,
  { name, written }: OldTarget,
  { peer, report }: ConversionContext,
): TargetConfiguration {
  const { cache, inputs, outputs } = written;
  const where = `${project.name}:${name}`;
  if (cache) report.inferredNow(where, 'cache', cache);
  if (outputs) report.inferredNow(where, 'outputs', outputs);
  return withoutUndefined({
    ...without(written, 'executor', 'options', 'configurations', 'cache', 'inputs', 'outputs'),
    ...(cache === false ? { cache } : {}),
    inputs: convertInputs(inputs, peer, where, report),
  });
}

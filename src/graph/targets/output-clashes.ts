import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { ownValue } from '../../by-name.js';
import type { EffectiveOptions } from '../options/effective-options.js';

/** A build or package target and what it writes. */
export interface Writer {
  /** Directory of its project, from the workspace's root. */
  readonly root: string;
  /** Its id, e.g. `services/orders:build`. */
  readonly id: string;
  readonly targetName: string;
  /** What its option `outputPath` names. */
  readonly outputPath: 'file' | 'directory';
  /** The paths that it writes under its configurations, from the workspace's root. */
  readonly paths: readonly string[];
}

/**
 * The paths that a build target writes, placeholders and all: what is given as `outputPath` for it or for its project,
 * else what the plugin infers.
 */
export function writtenPaths(
  effective: EffectiveOptions,
  inferred: Pick<TargetConfiguration, 'options' | 'configurations'>,
): string[] {
  const pathOf = (options: unknown): unknown => (options as { outputPath?: unknown } | undefined)?.outputPath;
  const names = new Set([...effective.configurations.keys(), ...Object.keys(inferred.configurations ?? {})]);
  const paths = [
    pathOf(effective.options) ?? pathOf(inferred.options),
    ...Array.from(
      names,
      (name) => pathOf(effective.configurations.get(name)) ?? pathOf(ownValue(inferred.configurations, name)),
    ),
  ];
  return [...new Set(paths.filter((path) => typeof path === 'string'))];
}

/**
 * Targets of different projects that write one file, or a file where another one needs a directory: with mains in `foo`
 * and `foo/foo`, `dist/foo/foo` would be both. Each run and each restored cache entry would destroy
 * the other's binary.
 *
 * @returns by id of the target, why it must not run and what makes it right.
 */
export function outputClashes(targets: readonly Writer[]): ReadonlyMap<string, string> {
  const writers = new Map<string, Writer[]>();
  for (const writer of targets)
    for (const path of writer.paths) writers.set(path, [...(writers.get(path) ?? []), writer]);
  const clashes = new Map<string, string>();
  const withOthers = targets.flatMap((writer) => writer.paths.map((path) => ({ writer, path })));
  for (const { writer, path } of withOthers) {
    const other = (at: string): Writer | undefined => writers.get(at)?.find(({ root }) => root !== writer.root);
    const same = writers.get(path)?.find((one) => isOther(one, writer));
    if (same) {
      const apart = same.root === writer.root ? writer.targetName : writer.root;
      clashes.set(writer.id, `${writer.id} writes ${path}, and so does ${same.id}. ${remedy(writer, path, apart)}`);
    }
    for (const at of parents(path)) {
      const outer = other(at);
      if (outer)
        clashes.set(
          outer.id,
          `${outer.id} writes the file ${at}, where ${writer.id} writes into a directory. ${remedy(outer, at, '.')}`,
        );
    }
  }
  return clashes;
}

/** Whether two targets write for themselves. Those of one project that write a file and a directory belong together. */
function isOther(one: Writer, { id, root, outputPath }: Writer): boolean {
  return one.id !== id && (one.root !== root || one.outputPath === outputPath);
}

/** @param apart the directory to write to in that of `path`; '.' where its name is of no matter. */
function remedy({ root, targetName, outputPath: names }: Writer, path: string, apart: string): string {
  // No Go package lies in a directory that begins with an underscore: nothing else is built to there.
  const directory = posix.join(posix.dirname(path), apart === '.' ? '_' : apart);
  const outputPath = names === 'file' ? posix.join(directory, posix.basename(path)) : directory;
  const lines = { targets: { [targetName]: { options: { outputPath } } } };
  return `Give it another path in ${posix.join(root, 'project.json')}: ${JSON.stringify(lines)}`;
}

/** The directories that a path lies in, the nearest first. */
function parents(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, names.length - 1 - index).join('/'));
}

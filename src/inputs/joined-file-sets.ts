import fastGlob from 'fast-glob';

import type { Inputs } from './embed-patterns.js';
import { isPatternLike } from './plain-libraries.js';

/** The file sets of the package in a directory. */
export interface PackageFileSets {
  readonly dir: string;
  readonly inputs: Inputs;
}

/** What the file sets of a directory start with. */
export function workspacePrefix(dir: string): string {
  return dir === '.' ? '{workspaceRoot}' : `{workspaceRoot}/${fastGlob.escapePath(dir)}`;
}

/**
 * File sets that are the same for several directories but for their names, as one: `{workspaceRoot}/{a,b}/*.go`. Nx
 * makes one regular expression of all file sets of a task, and fails where it gets too large: at some 300 packages when
 * each has its own, at some thousands so. What counts is how often all names are written; so the exclusions are one
 * file set, too.
 */
export function joinFileSets(packages: readonly PackageFileSets[]): Inputs {
  const alike = new Map<string, PackageFileSets[]>();
  for (const one of packages) {
    const shape = shapeOf(one) ?? `of ${one.dir} alone`;
    alike.set(shape, [...(alike.get(shape) ?? []), one]);
  }
  return [...alike].flatMap(([shape, sets]) =>
    sets.length > 1 ? joined(JSON.parse(shape) as string[], sets) : sets.flatMap(({ inputs }) => inputs),
  );
}

/** @param rests the file sets without the directories. */
function joined(rests: readonly string[], sets: readonly PackageFileSets[]): string[] {
  const prefix = `{workspaceRoot}/${alternatives(sets.map(({ dir }) => dir).sort())}/`;
  const names = rests.filter(isExcludedName).map((rest) => rest.slice(1));
  const others = rests.filter((rest) => !isExcludedName(rest));
  return [
    ...others.map((rest) => (rest.startsWith('!') ? `!${prefix}${rest.slice(1)}` : prefix + rest)),
    ...(names.length > 0 ? [`!${prefix}${alternatives(names)}`] : []),
  ];
}

function alternatives(names: readonly string[]): string {
  return names.length > 1 ? `{${names.join(',')}}` : names.join('');
}

function isExcludedName(rest: string): boolean {
  return rest.startsWith('!') && !rest.includes('/');
}

/**
 * Those of the file sets joined into one that can match a file: a library that expands braces would make a pattern for
 * each directory and each kind of file.
 */
export function joinedFileSetsOf(fileset: string, path: string): string[] {
  const [, dirs, rest] = /^\{workspaceRoot\}\/\{([^{}]*)\}\/(.*)$/s.exec(fileset) ?? [];
  // Users write braces, too.
  if (dirs === undefined || rest === undefined || isPatternLike(dirs)) return [fileset];
  const above = dirs.split(',').filter((dir) => path.startsWith(`${dir}/`));
  return above.map((dir) => `{workspaceRoot}/${dir}/${rest}`);
}

/** File sets as they are without the directory; undefined where some start elsewhere or are more than patterns. */
function shapeOf({ inputs, dir }: PackageFileSets): string | undefined {
  const prefix = `${workspacePrefix(dir)}/`;
  const rests = inputs.flatMap((input) => {
    const [, not = '', path] = typeof input === 'string' ? (/^(!?)(.*)$/s.exec(input) ?? []) : [];
    return path?.startsWith(prefix) ? `${not}${path.slice(prefix.length)}` : [];
  });
  const isPlain = workspacePrefix(dir) === `{workspaceRoot}/${dir}` && !isPatternLike(dir) && !dir.includes(',');
  return isPlain && rests.length === inputs.length ? JSON.stringify(rests) : undefined;
}

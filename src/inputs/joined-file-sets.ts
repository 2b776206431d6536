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
 * File sets that are the same for several directories but for their names, as one: `{workspaceRoot}/{a,b}/*.go`. Nx makes
 * one regular expression of all file sets of a task, and fails where it gets too large: for a thousand packages, it does
 * when each has its own.
 */
export function joinFileSets(all: readonly PackageFileSets[]): Inputs {
  const alike = new Map<string, string[]>();
  const others: Inputs = [];
  for (const { dir, inputs } of all) {
    const shape = shapeOf(inputs, dir);
    if (shape === undefined) others.push(...inputs);
    else alike.set(shape, [...(alike.get(shape) ?? []), dir]);
  }
  const joined = [...alike].flatMap(([shape, dirs]) => {
    const prefix = `{workspaceRoot}/${dirs.length > 1 ? `{${dirs.join(',')}}` : dirs.join('')}`;
    return (JSON.parse(shape) as string[]).map((rest) => rest.replace('/', () => `${prefix}/`));
  });
  return [...joined, ...others];
}

/**
 * Those of the file sets joined into one that can match a file: a library that expands braces would make a pattern for each
 * directory and each kind of file.
 */
export function joinedFileSetsOf(fileset: string, path: string): string[] {
  const [, dirs, rest] = /^\{workspaceRoot\}\/\{([^{}]*)\}\/(.*)$/s.exec(fileset) ?? [];
  if (dirs === undefined || rest === undefined) return [fileset];
  const above = dirs.split(',').filter((dir) => path.startsWith(`${dir}/`));
  return above.map((dir) => `{workspaceRoot}/${dir}/${rest}`);
}

/** File sets as they are without the directory; undefined where some start elsewhere or are more than patterns. */
function shapeOf(inputs: Inputs, dir: string): string | undefined {
  const prefix = `${workspacePrefix(dir)}/`;
  const rests = inputs.flatMap((input) => {
    const [, not = '', path] = typeof input === 'string' ? (/^(!?)(.*)$/s.exec(input) ?? []) : [];
    return path?.startsWith(prefix) ? `${not}/${path.slice(prefix.length)}` : [];
  });
  const isPlain = dir !== '.' && !isPatternLike(dir) && !dir.includes(',');
  return isPlain && rests.length === inputs.length ? JSON.stringify(rests) : undefined;
}

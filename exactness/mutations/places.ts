import { goHeader } from '../../src/go/sources/header.js';
import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import type { ScannedPackage } from '../workspace/scan.js';

/** A place in a workspace where a mutation of some kind can be made. */
export function anyPackage(
  random: Random,
  workspace: MutableWorkspace,
  fits: (pkg: ScannedPackage) => boolean = () => true,
): ScannedPackage | undefined {
  return random.pick(workspace.packages.filter((pkg) => pkg.module && fits(pkg)));
}

/** A package that others can import. */
export function anyLibrary(random: Random, workspace: MutableWorkspace): ScannedPackage | undefined {
  return anyPackage(random, workspace, isLibrary);
}

export function anyMain(random: Random, workspace: MutableWorkspace): ScannedPackage | undefined {
  return anyPackage(random, workspace, ({ name, sources }) => name === 'main' && sources.length > 0);
}

export function isLibrary({ name, sources }: ScannedPackage): boolean {
  return name !== 'main' && name !== '' && sources.length > 0;
}

/** A Go file that is no test; of a random package, so that packages of many files are not edited more often. */
export function anySource(
  random: Random,
  workspace: MutableWorkspace,
  fits: (path: string) => boolean = () => true,
): string | undefined {
  const candidates = workspace.packages.map(({ sources }) => sources.filter(fits)).filter(({ length }) => length > 0);
  return random.pick(random.pick(candidates) ?? []);
}

export function anyTest(
  random: Random,
  workspace: MutableWorkspace,
  fits: (path: string) => boolean = () => true,
): string | undefined {
  const candidates = workspace.packages.map(({ tests }) => tests.filter(fits)).filter(({ length }) => length > 0);
  return random.pick(random.pick(candidates) ?? []);
}

/**
 * Changes one line of a file.
 *
 * @param fits whether the line of that text and number (from 0) can be changed.
 * @returns whether there was such a line.
 */
export function changeLine(
  random: Random,
  workspace: MutableWorkspace,
  path: string,
  fits: (line: string, index: number) => boolean,
  change: (line: string) => string,
): boolean {
  const lines = workspace.read(path).split('\n');
  const index = random.pick([...lines.keys()].filter((at) => fits(lines[at] ?? '', at)));
  if (index === undefined) return false;
  lines[index] = change(lines[index] ?? '');
  workspace.write(path, lines.join('\n'));
  return true;
}

/** The number of lines of a Go file before its first declaration that is no import. */
export function headerLines(text: string): number {
  return (goHeader(text).split('//go:embed')[0] ?? '').split('\n').length;
}

/** Whether a file has a line that satisfies the expression. */
export function holds(workspace: MutableWorkspace, expression: RegExp): (path: string) => boolean {
  return (path) => expression.test(workspace.read(path));
}

/** Whether Nx reads the file: with text appended to it, there would be no graph. */
export function isReadByNx(path: string): boolean {
  return /(^|\/)(project|package|nx|tsconfig.*)\.json$/.test(path);
}

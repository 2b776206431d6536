import type { Directive } from './mod-file.js';

/** A `replace` directive. */
export interface Replace {
  readonly path: string;
  /** Empty when every version is replaced. */
  readonly version: string;
  /** A directory as it is written, from the directory of the file that says so, or a module path. */
  readonly target: string;
  /** Empty when the target is a directory. */
  readonly newVersion: string;
  readonly isDirectory: boolean;
}

/** The `replace` directives of a go.mod or go.work; those that go would refuse are left out. */
export function replacesOf(directives: readonly Directive[]): Replace[] {
  return directives.flatMap(({ verb, args }) => {
    const arrow = args.indexOf('=>');
    const [path, version = ''] = args.slice(0, Math.max(arrow, 0));
    const [target, newVersion = ''] = args.slice(arrow + 1);
    if (verb !== 'replace' || path === undefined || target === undefined) return [];
    return [{ path, version, target, newVersion, isDirectory: isDirectoryPath(target) }];
  });
}

/** Which of the replacements stands for a module: one of that version, else one of all versions. */
export function replacementOf<Replacement extends Pick<Replace, 'path' | 'version'>>(
  replacements: readonly Replacement[],
  path: string,
  version: string,
): Replacement | undefined {
  const ofModule = replacements.filter((one) => one.path === path);
  return ofModule.find((one) => one.version === version) ?? ofModule.find((one) => one.version === '');
}

/** Go's modfile.IsDirectoryPath: paths of every system, whatever system this is. */
function isDirectoryPath(target: string): boolean {
  return /^\.{1,2}([\\/]|$)|^[\\/]|^[A-Za-z]:/.test(target);
}

import { posix } from 'node:path';

import type { FileSets } from './file-sets.js';

/** A main package that is served, and the file sets that count for it. */
export interface DecidedMain {
  readonly id: string;
  /** Directory of the main package. */
  readonly root: string;
  readonly importPath: string;
  /** Those of the last listing, and, where that has errors or a file has gone, those of earlier ones. */
  readonly fileSets: readonly FileSets[];
}

/** What a burst of changes comes to. */
export interface Decision {
  /** By main: a line for each changed file that it is made of. */
  readonly affected: ReadonlyMap<string, readonly string[]>;
  /** By main: the changed files that it is made of. */
  readonly edited: ReadonlyMap<string, readonly string[]>;
  /** Why a change concerns no program: a line for each path. */
  readonly ignored: readonly string[];
}

/** Decides which programs changed files are compiled into. @param paths from the workspace's root. */
export function decide(paths: readonly string[], mains: readonly DecidedMain[]): Decision {
  const affected = new Map<string, string[]>();
  const edited = new Map<string, string[]>();
  const ignored: string[] = [];
  for (const path of paths) {
    const reached = mains.flatMap((main) => {
      const line = reason(path, main);
      return line === undefined ? [] : [{ main, line }];
    });
    for (const { main, line } of reached) {
      affected.set(main.id, [...(affected.get(main.id) ?? []), line]);
      edited.set(main.id, [...(edited.get(main.id) ?? []), path]);
    }
    if (reached.length === 0) ignored.push(`${path}: ${whyIgnored(path, mains)}`);
  }
  return { affected, edited, ignored };
}

/** `file: main → … → package`; undefined when the program is not made of the file. */
function reason(path: string, { importPath, fileSets }: DecidedMain): string | undefined {
  for (const sets of fileSets) {
    const pkg = sets.holders(path).find((holder) => sets.contains(importPath, holder.importPath));
    if (pkg) return `${path}: ${sets.chain(importPath, pkg.importPath).join(' → ')}`;
  }
  return undefined;
}

function whyIgnored(path: string, mains: readonly DecidedMain[]): string {
  if (path.endsWith('_test.go')) return 'a test, which is in no program';
  const all = mains.flatMap(({ fileSets }) => fileSets.slice(0, 1));
  const inDir = all.map((sets) => sets.packageIn(posix.dirname(path))).find((pkg) => pkg !== undefined);
  if (inDir?.ignoredFiles.includes(posix.basename(path))) return 'build constraints exclude it here';
  return path.endsWith('.go') ? 'no served program imports its package' : 'no served program is made of it';
}

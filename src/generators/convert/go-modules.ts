import { posix } from 'node:path';

import { visitNotIgnoredFiles, type Tree } from '@nx/devkit';

import { modulePath } from '../../go/modules/mod-file.js';
import { nearestDir } from '../../paths.js';
import { parseSourceFile } from '../../go/sources/source-file.js';
import { isGoDirectory } from '../../workspace/discover.js';

/** A Go module of a workspace, as far as a conversion needs it. */
export interface GoModule {
  /** Relative to the workspace root; `.` for the root. */
  readonly dir: string;
  readonly path: string;
  /** Directories of its main packages, relative to its own; `.` for its own. */
  readonly mains: readonly string[];
  /** Directories of all its packages, relative to its own. */
  readonly packages: readonly string[];
  /** Those that have tests. */
  readonly tested: readonly string[];
  /** Whether one of its sources has a `//go:generate` line. */
  readonly generates: boolean;
}

/**
 * Finds the modules in a tree by their go.mod files, and their packages by reading the sources. A go.mod without a
 * module line stays: what else there is to convert does not depend on it.
 */
export function findModules(tree: Tree): GoModule[] {
  const manifests = new Map<string, string>();
  const sources: string[] = [];
  visitNotIgnoredFiles(tree, '.', (file) => {
    const path = file.split('\\').join('/');
    if (!isGoDirectory(posix.dirname(path))) return;
    if (posix.basename(path) === 'go.mod') manifests.set(posix.dirname(path), tree.read(path, 'utf-8') ?? '');
    else if (path.endsWith('.go')) sources.push(path);
  });
  const byModule = new Map([...manifests.keys()].map((dir) => [dir, [] as string[]]));
  for (const source of sources)
    byModule.get(nearestDir(posix.dirname(source), (dir) => manifests.has(dir)) ?? '')?.push(source);
  return [...manifests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dir, text]) => readModule(tree, dir, modulePath(text) ?? dir, byModule.get(dir) ?? []));
}

function readModule(tree: Tree, dir: string, path: string, sources: readonly string[]): GoModule {
  const mains = new Set<string>();
  const packages = new Set<string>();
  const tested = new Set<string>();
  let generates = false;
  for (const source of sources) {
    const text = tree.read(source, 'utf-8') ?? '';
    const packageDir = posix.relative(dir, posix.dirname(source)) || '.';
    const { packageName, constraint } = parseSourceFile(text);
    packages.add(packageDir);
    if (source.endsWith('_test.go')) tested.add(packageDir);
    if (packageName === 'main' && constraint !== 'ignore' && !source.endsWith('_test.go')) mains.add(packageDir);
    generates ||= /^\/\/go:generate /m.test(text);
  }
  return { dir, path, ...sorted({ mains, packages, tested }), generates };
}

function sorted<Name extends string>(sets: Readonly<Record<Name, ReadonlySet<string>>>): Record<Name, string[]> {
  const lists = Object.entries<ReadonlySet<string>>(sets).map(([name, set]) => [name, [...set].sort()]);
  return Object.fromEntries(lists) as Record<Name, string[]>;
}

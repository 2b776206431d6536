import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { PackageModule } from '../../go/listing/package.js';
import type { TagMatcher } from '../../go/sources/build-constraint.js';
import { findEmbeddedFiles, type EmbeddedFiles } from '../../go/sources/embedded-files.js';
import { readPackageFiles, type PackageFiles } from '../../go/sources/package-files.js';

/** Where a scan finds sources: the file system, or a commit. Directories are absolute. */
export interface SourceTree {
  /** The files of a directory's package; none when there is no such directory. */
  packageFiles(dir: string, matches: TagMatcher): PackageFiles;
  embeddedFiles(dir: string, patterns: readonly string[]): EmbeddedFiles;
  /** Whether the directory has Go files, and no go.mod between it and its module's directory: dirInModule. */
  isPackageOf(moduleDir: string, dir: string): boolean;
  /** Where a module of the build list was downloaded to; undefined where its packages are not to be read. */
  downloaded(module: PackageModule): string | undefined;
}

/** The work tree. What downloaded modules import is left to the go command. */
export const WORK_TREE: SourceTree = {
  packageFiles: readPackageFiles,
  embeddedFiles: findEmbeddedFiles,
  isPackageOf,
  downloaded: () => undefined,
};

/** Whether the directory has Go files, whatever their constraints, and no other module's go.mod above it. */
export function isPackageOf(moduleDir: string, dir: string): boolean {
  for (let current = dir; current !== moduleDir; current = dirname(current)) {
    if (current === dirname(current) || existsSync(join(current, 'go.mod'))) return false;
  }
  try {
    return readdirSync(dir, { withFileTypes: true }).some(
      (entry) => !entry.isDirectory() && entry.name.endsWith('.go'),
    );
  } catch {
    return false;
  }
}

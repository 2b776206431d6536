import { posix } from 'node:path';

import { isFile, textOf } from '../../files.js';
import { withPackages, type Listing, type Package } from '../../go/listing/package.js';
import { INCLUDED_KINDS, INCLUDING_KINDS, namesOf, SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { isInWorkspace } from '../../paths.js';

const C_SOURCE = namesOf(INCLUDING_KINDS);
/** What the package's own file sets hold already. */
const KNOWN = namesOf(SOURCE_KINDS);
const INCLUDE = /^\s*(?:\/\/\s*)?#\s*(?:include|import)\s*(?:"([^"]+)"|<([^>]+)>)/gm;
const HEADERS = `{${INCLUDED_KINDS.join(',')}}`;

/**
 * Names, for the packages that have C or assembly, the directories of the workspace outside their own from which their
 * files include others. `go list` does not tell them, and the go command itself does not notice a change there
 * (golang/go#24355).
 */
export function withIncludedHeaders(workspaceRoot: string, packages: Listing): Listing {
  const completed: Package[] = [];
  for (const pkg of packages.values()) {
    if (isOutside(pkg.dir) || !(pkg.cgo || pkg.files.some((file) => C_SOURCE.test(file)))) continue;
    const headerGlobs = includedGlobs(workspaceRoot, pkg);
    if (headerGlobs.length) completed.push({ ...pkg, headerGlobs });
  }
  return withPackages(packages, completed);
}

/** Include directories of a package that lie outside the workspace: nothing can hash them. */
export function outsideIncludeDirs(pkg: Package): string[] {
  return isOutside(pkg.dir) ? [] : pkg.includeDirs.filter(isOutside);
}

function includedGlobs(workspaceRoot: string, pkg: Package): string[] {
  const includeDirs = pkg.includeDirs.filter((dir) => !isOutside(dir));
  const dirs = new Set<string>();
  const own = new Set<string>();
  const libraryDirs = (pkg.libraryDirs ?? []).filter((dir) => !isOutside(dir));
  // A Set visits what is added while iterating it: headers that headers include.
  const seen = new Set(
    pkg.files.filter((file) => C_SOURCE.test(file) || pkg.cgo).map((file) => posix.join(pkg.dir, file)),
  );
  for (const file of seen) {
    for (const included of includesOf(workspaceRoot, file)) {
      for (const dir of [posix.dirname(file), ...includeDirs]) {
        const path = posix.join(dir, included);
        if (isOutside(path) || !isFile(posix.join(workspaceRoot, path))) continue;
        seen.add(path);
        if (posix.dirname(path) !== pkg.dir) dirs.add(posix.dirname(path));
        else if (!KNOWN.test(path)) own.add(path);
        break;
      }
    }
  }
  return [
    ...[...own].map((path) => `{workspaceRoot}/${path}`),
    ...libraryDirs.map((dir) => `{workspaceRoot}/${dir}/*.{a,so,o,lib,dylib}`),
    ...includeDirs.filter((dir) => dir !== pkg.dir).map((dir) => `{workspaceRoot}/${dir}/**/*.${HEADERS}`),
    ...[...dirs].map((dir) => `{workspaceRoot}/${dir === '.' ? '' : `${dir}/`}*`),
  ];
}

function includesOf(workspaceRoot: string, file: string): string[] {
  const text = textOf(posix.join(workspaceRoot, file), 'latin1') ?? '';
  return [...text.matchAll(INCLUDE)].map((match) => match[1] ?? match[2] ?? '');
}

function isOutside(dir: string): boolean {
  return !isInWorkspace(dir);
}

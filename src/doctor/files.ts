import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Package } from '../go/listing/package.js';
import { isInside } from '../paths.js';
import { outsideIncludeDirs } from '../workspace/listing/included-headers.js';

/** Digests of files by path; empty for what is no file, or not there. */
export function digests(root: string, paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, digest(join(root, path))]));
}

/** Those of the files, relative to the root, that lie behind a link to a place outside of it: no hash covers that. */
export function outsideLinks(root: string, files: readonly string[]): string[] {
  const real = realpathSync(root);
  return files.flatMap((file) => {
    const path = join(root, file);
    const target = existsSync(path) ? realpathSync(path) : real;
    return isInside(real, target) ? [] : [`${file} is a link to ${target}`];
  });
}

/** The include directories of packages outside the workspace. No hash covers them. */
export function outsideHeaders(packages: readonly Package[]): string[] {
  const remarks = packages.flatMap((pkg) =>
    outsideIncludeDirs(pkg).map((dir) => `package ${pkg.importPath} includes headers from ${dir}`),
  );
  return [...new Set(remarks)];
}

function digest(file: string): string {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return '';
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}

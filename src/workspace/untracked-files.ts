import { posix } from 'node:path';

import type { Listing, Package } from '../go/package.js';
import type { Discovered } from './discover.js';

/** Names the compiled and test files of listed directories that Nx does not list, because git ignores them. */
export function withUntrackedFiles(packages: Listing, { packageDirs, sources }: Discovered): Listing {
  const listed = new Set(Object.values(packageDirs).flat());
  const found: Record<string, Package> = {};
  for (const [importPath, pkg] of Object.entries(packages)) {
    if (!listed.has(pkg.dir)) continue;
    const untrackedFiles = [...pkg.files, ...pkg.testFiles].filter((file) => !sources.has(posix.join(pkg.dir, file)));
    if (untrackedFiles.length) found[importPath] = { ...pkg, untrackedFiles };
  }
  return Object.keys(found).length ? { ...packages, ...found } : packages;
}

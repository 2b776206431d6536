import { posix } from 'node:path';

import type { Listing, Package } from '../go/package.js';
import type { Discovered } from './discover.js';
import type { Snapshot } from './snapshot.js';

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

/** Names the files that source files of a package are symbolic links to: Nx does not look through a link. */
export function withLinkTargets(packages: Listing, links: Snapshot['links']): Listing {
  if (Object.keys(links).length === 0) return packages;
  const found: Record<string, Package> = {};
  for (const [importPath, pkg] of Object.entries(packages)) {
    const linkTargets = Object.fromEntries(
      [...pkg.files, ...pkg.testFiles].flatMap((file) => {
        const target = links[posix.join(pkg.dir, file)];
        return target ? [[file, target]] : [];
      }),
    );
    if (Object.keys(linkTargets).length) found[importPath] = { ...pkg, linkTargets };
  }
  return { ...packages, ...found };
}

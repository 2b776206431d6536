import { join, posix } from 'node:path';

import { withPackages, type Listing, type Package } from '../../go/listing/package.js';
import { isLink, linkTarget } from '../../files.js';
import { isInWorkspace } from '../../paths.js';
import type { Discovered } from '../discover.js';
import type { Snapshot } from '../kept/snapshot.js';

/** Names the compiled and test files of listed directories that Nx does not list, because git ignores them. */
export function withUntrackedFiles(packages: Listing, { packageDirs, sources }: Discovered): Listing {
  const listed = new Set([...packageDirs.values()].flat());
  const isTracked = (dir: string, file: string): boolean => sources.has(dir === '.' ? file : `${dir}/${file}`);
  const amended: Package[] = [];
  for (const pkg of packages.values()) {
    if (!listed.has(pkg.dir)) continue;
    const isUntracked = (file: string): boolean => !isTracked(pkg.dir, file);
    if (!pkg.files.some(isUntracked) && !pkg.testFiles.some(isUntracked)) continue;
    const untrackedFiles = [...pkg.files, ...pkg.testFiles].filter(isUntracked);
    amended.push({ ...pkg, untrackedFiles });
  }
  return withPackages(packages, amended);
}

/** Names the files that source files of a package are symbolic links to: Nx does not look through a link. */
export function withLinkTargets(packages: Listing, links: Snapshot['links']): Listing {
  if (links.size === 0) return packages;
  const amended: Package[] = [];
  for (const pkg of packages.values()) {
    // A constraint line excludes a file by what the link leads to: that it comes or goes has to be seen there.
    const linkTargets = [...pkg.files, ...pkg.testFiles, ...pkg.ignoredFiles].flatMap((file): [string, string][] => {
      const target = links.get(posix.join(pkg.dir, file));
      return target ? [[file, target]] : [];
    });
    if (linkTargets.length) amended.push({ ...pkg, linkTargets });
  }
  return withPackages(packages, amended);
}

/**
 * Gives packages that are imported through a symbolic link to a directory the directory it leads to: neither git nor Nx
 * looks through the link.
 */
export function withLinkedDirectories(workspaceRoot: string, packages: Listing, { packageDirs }: Discovered): Listing {
  const listed = new Set([...packageDirs.values()].flat());
  const amended: Package[] = [];
  for (const pkg of packages.values()) {
    const { dir: place } = pkg;
    if (place === '' || !isInWorkspace(place) || listed.has(place) || place.split('/').includes('vendor')) continue;
    const link = linkIn(workspaceRoot, pkg.dir);
    const dir = link && linkTarget(workspaceRoot, join(workspaceRoot, pkg.dir));
    if (dir) amended.push({ ...pkg, dir, linkedBy: link });
  }
  return withPackages(packages, amended);
}

/** The first symbolic link among a directory and those above it, from the workspace's root. */
function linkIn(workspaceRoot: string, dir: string): string | undefined {
  const names = dir.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/')).find((path) => isLink(join(workspaceRoot, path)));
}

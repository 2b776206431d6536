import { lstatSync, realpathSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

import type { Listing, Package } from '../../go/listing/package.js';
import { isInside, toPosix } from '../../paths.js';
import type { Discovered } from '../discover.js';
import type { Snapshot } from '../kept/snapshot.js';

/** Names the compiled and test files of listed directories that Nx does not list, because git ignores them. */
export function withUntrackedFiles(packages: Listing, { packageDirs, sources }: Discovered): Listing {
  const listed = new Set(Object.values(packageDirs).flat());
  const isTracked = (dir: string, file: string): boolean => sources.has(dir === '.' ? file : `${dir}/${file}`);
  const found: Record<string, Package> = {};
  for (const [importPath, pkg] of Object.entries(packages)) {
    if (!listed.has(pkg.dir)) continue;
    const isUntracked = (file: string): boolean => !isTracked(pkg.dir, file);
    if (!pkg.files.some(isUntracked) && !pkg.testFiles.some(isUntracked)) continue;
    const untrackedFiles = [...pkg.files, ...pkg.testFiles].filter(isUntracked);
    found[importPath] = { ...pkg, untrackedFiles };
  }
  return Object.keys(found).length ? { ...packages, ...found } : packages;
}

/** Names the files that source files of a package are symbolic links to: Nx does not look through a link. */
export function withLinkTargets(packages: Listing, links: Snapshot['links']): Listing {
  if (Object.keys(links).length === 0) return packages;
  const found: Record<string, Package> = {};
  for (const [importPath, pkg] of Object.entries(packages)) {
    const linkTargets = Object.fromEntries(
      // A constraint line excludes a file by what the link leads to: that it comes or goes has to be seen there.
      [...pkg.files, ...pkg.testFiles, ...pkg.ignoredFiles].flatMap((file) => {
        const target = links[posix.join(pkg.dir, file)];
        return target ? [[file, target]] : [];
      }),
    );
    if (Object.keys(linkTargets).length) found[importPath] = { ...pkg, linkTargets };
  }
  return { ...packages, ...found };
}

/**
 * Gives packages that are imported through a symbolic link to a directory the directory it leads to: neither git nor Nx
 * looks through the link.
 */
export function withLinkedDirectories(workspaceRoot: string, packages: Listing, { packageDirs }: Discovered): Listing {
  const listed = new Set(Object.values(packageDirs).flat());
  const found: Record<string, Package> = {};
  for (const [importPath, pkg] of Object.entries(packages)) {
    const { dir: place } = pkg;
    if (place === '' || posix.isAbsolute(place) || listed.has(place) || place.split('/').includes('vendor')) continue;
    const link = linkIn(workspaceRoot, pkg.dir);
    const dir = link && realDirectory(workspaceRoot, pkg.dir);
    if (dir) found[importPath] = { ...pkg, dir, linkedBy: link };
  }
  return Object.keys(found).length ? { ...packages, ...found } : packages;
}

/** The first symbolic link among a directory and those above it, from the workspace's root. */
function linkIn(workspaceRoot: string, dir: string): string | undefined {
  const names = dir.split('/');
  return names
    .map((_, index) => names.slice(0, index + 1).join('/'))
    .find((path) => lstatSync(join(workspaceRoot, path), { throwIfNoEntry: false })?.isSymbolicLink());
}

function realDirectory(workspaceRoot: string, dir: string): string | undefined {
  try {
    const root = realpathSync(workspaceRoot);
    const real = realpathSync(join(workspaceRoot, dir));
    return isInside(root, real) ? toPosix(relative(root, real)) || '.' : undefined;
  } catch {
    // Deleted since go listed it.
    return undefined;
  }
}

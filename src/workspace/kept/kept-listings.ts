import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { groupManifestsKey } from '../modules/group-manifests.js';
import { isHealthy, type TouchedDirs } from '../listing/refresh-listing.js';
import type { DirState, FileStates } from './snapshot.js';
import type { GroupListing, ModuleGroup } from '../workspace.js';

/** A listing as it is kept, and all that it depends on beside the environment. */
export interface KeptListing {
  readonly listing: GroupListing;
  /** See {@link groupManifestsKey}. */
  readonly manifests: string;
  /** By package directory that was listed: the digest of its sources. */
  readonly roots: Readonly<Record<string, string>>;
  /** The same for directories inside the workspace that packages came from although Nx does not list them. */
  readonly others: Readonly<Record<string, string>>;
}

/** A listing that was asked for: of which group, and of which package directories. */
export interface ListedDirs {
  readonly group: ModuleGroup;
  readonly dirs: readonly string[];
  readonly listing: GroupListing;
}

/** The workspace as it was when a listing began. */
export interface WorkspaceState {
  readonly root: string;
  /** Every manifest that Nx lists. */
  readonly manifests: readonly string[];
  readonly files: FileStates;
}

/** No digest: what was edited while go was listing belongs to neither state, and has to be listed again. */
const UNSETTLED = 'edited while listed';

/** Whether a kept listing holds but for the package directories that {@link touchedDirs} tells. */
export function holds({ manifests }: KeptListing, group: ModuleGroup, state: WorkspaceState): boolean {
  return manifests === manifestsKey(group, state);
}

/**
 * The package directories in which a kept listing differs from the workspace.
 *
 * @param dirs the directories to be listed now.
 * @returns undefined when something has changed that concerns more than single packages.
 */
export function touchedDirs(
  kept: KeptListing,
  dirs: readonly string[],
  state: WorkspaceState,
): TouchedDirs | undefined {
  const { roots, others, listing } = kept;
  const losers = dirsThatLostEmbeds(listing, state.root);
  const isOtherTouched = ([dir, digest]: [string, string]): boolean =>
    digestOf(state, dir) !== digest || losers.has(dir);
  if (Object.entries(others).some(isOtherTouched)) return undefined;
  const wanted = new Set(dirs);
  return {
    changed: dirs.filter((dir) => roots[dir] === undefined || roots[dir] !== digestOf(state, dir) || losers.has(dir)),
    removed: Object.keys(roots).filter((dir) => !wanted.has(dir)),
  };
}

/**
 * What to keep of a listing; undefined for one with an error, for what mends it may be outside of all that is watched,
 * such as a module downloaded since.
 *
 * @param before the workspace as go may have seen it, @param after the workspace once go was done; it knows the
 * directories of {@link otherDirs} as well.
 */
export function keep(listed: ListedDirs, before: WorkspaceState, after: WorkspaceState): KeptListing | undefined {
  const { group, dirs, listing } = listed;
  const manifests = manifestsKey(group, before);
  const isKeepable = listing.failure === undefined && Object.values(listing.packages).every(isHealthy);
  if (!isKeepable || manifestsKey(group, after) !== manifests) return undefined;
  const settled = (dir: string): string => {
    const digest = digestOf(after, dir);
    // One of the other directories is first known by the listing that names it.
    return !before.files.dirs[dir] || digestOf(before, dir) === digest ? digest : UNSETTLED;
  };
  return {
    listing,
    manifests,
    roots: Object.fromEntries(dirs.map((dir) => [dir, settled(dir)])),
    others: Object.fromEntries(otherDirs(listed).map((dir) => [dir, settled(dir)])),
  };
}

/** Directories inside the workspace that packages came from although they were not asked for. */
export function otherDirs({ dirs, listing }: ListedDirs): string[] {
  const listed = new Set(dirs);
  const isInside = (dir: string): boolean => dir !== '' && !posix.isAbsolute(dir) && !/^[A-Za-z]:/.test(dir);
  return Object.values(listing.packages).flatMap(({ dir }) => (isInside(dir) && !listed.has(dir) ? [dir] : []));
}

function manifestsKey(group: ModuleGroup, { root, manifests, files }: WorkspaceState): string {
  return groupManifestsKey(root, group, manifests, files);
}

function digestOf({ files }: WorkspaceState, dir: string): string {
  const state: DirState | undefined = files.dirs[dir];
  return state?.digest ?? '';
}

/** The directories of packages of whose embedded files one is gone: its pattern may be left without a match. */
function dirsThatLostEmbeds({ packages }: GroupListing, root: string): ReadonlySet<string> {
  const losers = Object.values(packages).filter(
    ({ dir, embedFiles, testEmbedFiles }) =>
      !posix.isAbsolute(dir) && [...embedFiles, ...testEmbedFiles].some((file) => !existsSync(join(root, dir, file))),
  );
  return new Set(losers.map(({ dir }) => dir));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ByName, type ReadonlyByName } from '../../by-name.js';
import { groupManifestsKey } from '../modules/group-manifests.js';
import { isHealthy, type TouchedDirs } from '../listing/refresh-listing.js';
import { isInWorkspace } from '../../paths.js';
import type { Manifests } from '../modules/manifests.js';
import type { DirStates, Snapshot } from './snapshot.js';
import type { GroupListing, ModuleGroup } from '../workspace.js';

/** A listing as it is kept, and everything that it depends on apart from the environment. */
export interface KeptListing {
  readonly listing: GroupListing;
  /** See {@link groupManifestsKey}. */
  readonly manifests: string;
  /** By package directory that was listed: the digest of its sources. */
  readonly roots: ReadonlyByName<string>;
  /** The same for directories inside the workspace that packages came from although Nx does not list them. */
  readonly others: ReadonlyByName<string>;
}

/** Kept listings by what was asked for. */
export type KeptListings = ReadonlyByName<KeptListing>;

/** A listing that was asked for: its group, and its package directories. */
export interface ListedDirs {
  readonly group: ModuleGroup;
  readonly dirs: readonly string[];
  readonly listing: GroupListing;
}

/** The workspace as it was when a listing began. */
export interface WorkspaceState {
  readonly root: string;
  /** Every manifest that Nx lists. */
  readonly listed: readonly string[];
  readonly manifests: Manifests;
  readonly dirs: DirStates;
  readonly endless: Snapshot['endless'];
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
  if ([...others].some(isOtherTouched)) return undefined;
  const wanted = new Set(dirs);
  return {
    changed: dirs.filter((dir) => roots.get(dir) !== digestOf(state, dir) || losers.has(dir)),
    removed: [...roots.keys()].filter((dir) => !wanted.has(dir)),
  };
}

/**
 * The part of a listing to keep; undefined for one with an error, because its remedy may be outside of all watched
 * files, such as a module downloaded since.
 *
 * @param before the workspace as go may have seen it, @param after the workspace once go was done; it knows the
 * directories of {@link otherDirs} as well.
 */
export function keep(listed: ListedDirs, before: WorkspaceState, after: WorkspaceState): KeptListing | undefined {
  const { group, dirs, listing } = listed;
  const manifests = manifestsKey(group, before);
  const isKeepable = listing.failure === undefined && [...listing.packages.values()].every(isHealthy);
  if (!isKeepable || manifestsKey(group, after) !== manifests) return undefined;
  const settled = (dir: string): string => {
    const digest = digestOf(after, dir);
    // One of the other directories is first known by the listing that names it.
    return !before.dirs.has(dir) || digestOf(before, dir) === digest ? digest : UNSETTLED;
  };
  return {
    listing,
    manifests,
    roots: new ByName(dirs.map((dir) => [dir, settled(dir)])),
    others: new ByName(otherDirs(listed).map((dir) => [dir, settled(dir)])),
  };
}

/** Directories inside the workspace that packages came from although they were not asked for. */
export function otherDirs({ dirs, listing }: ListedDirs): string[] {
  const listed = new Set(dirs);
  const dirsOfAll = [...listing.packages.values()].map(({ dir }) => dir);
  return dirsOfAll.filter((dir) => dir !== '' && isInWorkspace(dir) && !listed.has(dir));
}

function manifestsKey(group: ModuleGroup, { listed, manifests }: WorkspaceState): string {
  return groupManifestsKey(group, listed, manifests);
}

function digestOf({ dirs }: WorkspaceState, dir: string): string {
  return dirs.get(dir)?.digest ?? '';
}

/** The directories of packages that lost an embedded file: its pattern may no longer match any. */
function dirsThatLostEmbeds({ packages }: GroupListing, root: string): ReadonlySet<string> {
  const losers = [...packages.values()].filter(
    ({ dir, embedFiles, testEmbedFiles }) =>
      isInWorkspace(dir) && [...embedFiles, ...testEmbedFiles].some((file) => !existsSync(join(root, dir, file))),
  );
  return new Set(losers.map(({ dir }) => dir));
}

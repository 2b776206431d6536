import { createHash } from 'node:crypto';

import { workspaceDataDirectoryForWorkspace } from 'nx/src/utils/cache-directory.js';

import { DataFolder } from './kept/data-folder.js';
import type { Discovered } from './discover.js';
import { environmentKey } from './kept/environment-key.js';
import { manifestsInForce } from './modules/group-manifests.js';
import { withIncludedHeaders } from './listing/included-headers.js';
import { keep, otherDirs, type KeptListing, type WorkspaceState } from './kept/kept-listings.js';
import { ListingSession } from './listing/listing-session.js';
import { ListingStore } from './kept/listing-store.js';
import { groupModules } from './modules/modules.js';
import { pluginIdentity } from './kept/plugin-identity.js';
import { takeSnapshot, type Snapshot } from './kept/snapshot.js';
import { withLinkedDirectories, withLinkTargets, withUntrackedFiles } from './listing/untracked-files.js';
import type { GroupListing, Workspace } from './workspace.js';

const PLUGIN = pluginIdentity();

/** A workspace whose listings are taken from the store where nothing they depend on has changed. */
export interface LoadedWorkspace extends Workspace {
  /** A digest of the plugin's version, the workspace's place, the environment and the go command. */
  readonly key: string;
  /** Where to keep what is made of the workspace. */
  readonly folder: DataFolder;
  /** Writes the listings made since to the store. */
  save(): void;
}

/**
 * Loads a workspace's modules; packages are listed on demand.
 *
 * Listings are kept in Nx's workspace data folder. They hold for the same version of the plugin, environment and go
 * command; a change to the manifests of a group has the group listed again, a change to the import-relevant part of
 * sources the packages that they belong to.
 *
 * @param manifests the files createNodes was called with.
 */
export function loadWorkspace(
  root: string,
  discovered: Discovered,
  manifests: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): LoadedWorkspace {
  const folder = new DataFolder(workspaceDataDirectoryForWorkspace(root));
  const store = new ListingStore(folder, PLUGIN);
  const key = createHash('sha256')
    .update([PLUGIN, root, environmentKey(env)].join('\0'))
    .digest('hex');
  const kept = store.readListings(key);
  const groups = groupModules(root, discovered, env);
  // Those that git ignores are in force all the same.
  const watched = new Set([...manifests, ...groups.flatMap((group) => manifestsInForce(root, group))]);
  const dirs = [
    ...Object.values(discovered.packageDirs),
    ...Object.values(kept).map(({ others }) => Object.keys(others)),
  ];
  const before = takeSnapshot(root, new Set(dirs.flat()), watched, store.readStates());
  const stateOf = ({ states }: Snapshot): WorkspaceState => ({ root, manifests, files: states });
  const complete = (listing: GroupListing): GroupListing => {
    const found = withLinkedDirectories(root, listing.packages, discovered);
    const packages = withLinkTargets(withUntrackedFiles(found, discovered), before.links);
    return { ...listing, packages: withIncludedHeaders(root, packages) };
  };
  const session = new ListingSession(stateOf(before), kept, complete, env);
  return {
    key,
    folder,
    root,
    groups,
    workDirs: discovered.workDirs,
    list: (group, options, only) => session.list(group, options, only),
    save: () => {
      const others = [...session.made.values()].flatMap(otherDirs);
      const isNew = [...session.made].some(([id, { listing }]) => kept[id]?.listing !== listing);
      const after = isNew ? takeSnapshot(root, new Set([...dirs.flat(), ...others]), watched, before.states) : before;
      if (before.changed || after.changed) store.writeStates(after.states);
      const listings = listingsToKeep(session, kept, stateOf(before), stateOf(after));
      const ids = new Set([...Object.keys(kept), ...Object.keys(listings)]);
      if ([...ids].some((id) => kept[id] !== listings[id])) store.writeListings({ key, listings });
    },
  };
}

/** All listings asked for: as they were kept, or anew; in place of one with an error the last one without. */
function listingsToKeep(
  { made }: ListingSession,
  kept: Readonly<Record<string, KeptListing>>,
  before: WorkspaceState,
  after: WorkspaceState,
): Record<string, KeptListing> {
  const entries = [...made].flatMap(([id, listed]): [string, KeptListing][] => {
    const known = kept[id];
    const next = known?.listing === listed.listing ? known : (keep(listed, before, after) ?? known);
    return next ? [[id, next]] : [];
  });
  return Object.fromEntries(entries);
}

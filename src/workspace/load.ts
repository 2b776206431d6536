import { createHash } from 'node:crypto';

import { ByName } from '../by-name.js';
import { workspaceDataFolder } from '../nx/cache-folders.js';
import { workspaceFiles } from '../nx/workspace-files.js';
import { DataFolder } from './kept/data-folder.js';
import { discover, MANIFEST_GLOB, type Discovered } from './discover.js';
import { environmentKey } from './kept/environment-key.js';
import { manifestsInForce } from './modules/group-manifests.js';
import { withIncludedHeaders } from './listing/included-headers.js';
import { keep, otherDirs, type KeptListing, type KeptListings, type WorkspaceState } from './kept/kept-listings.js';
import { listedOptions } from './listing/listed-options.js';
import { ListingSession } from './listing/listing-session.js';
import { ListingStore } from './kept/listing-store.js';
import { Manifests } from './modules/manifests.js';
import { groupModules } from './modules/modules.js';
import { pluginIdentity } from './kept/plugin-identity.js';
import { takeSnapshot, type GeneratorFiles, type Snapshot } from './kept/snapshot.js';
import { withLinkedDirectories, withLinkTargets, withUntrackedFiles } from './listing/untracked-files.js';
import type { GroupListing, Workspace } from './workspace.js';

const PLUGIN = pluginIdentity();

/** A workspace whose listings are taken from the store where nothing they depend on has changed. */
export interface LoadedWorkspace extends Workspace {
  /** A digest of the plugin's version, the workspace's place, the environment and the go command. */
  readonly key: string;
  /** Where to keep what is made of the workspace. */
  readonly folder: DataFolder;
  readonly generators: GeneratorFiles;
  readonly linterFiles: readonly string[];
  /** As they were read for the modules. */
  readonly manifests: Pick<Manifests, 'at'>;
  /** Writes the listings made since to the store. */
  save(): void;
}

/** Where what is known of a workspace is kept. */
export function dataFolder(root: string): DataFolder {
  return new DataFolder(workspaceDataFolder(root));
}

/** Loads a workspace outside of a computation of the graph: with all that lies in it, whatever the plugin's options. */
export async function openWorkspace(root: string): Promise<LoadedWorkspace> {
  const manifests = await workspaceFiles(root, [MANIFEST_GLOB]);
  return loadWorkspace(root, await discover(root, manifests, { include: [], exclude: [] }), manifests);
}

/**
 * Loads a workspace's modules; packages are listed on demand.
 *
 * Listings are kept in Nx's workspace data folder. They hold for the same version of the plugin, environment and go
 * command; a change to the manifests of a group has the group listed again, a change to the import-relevant part of
 * sources the packages that they belong to.
 *
 * @param listed the manifests that Nx lists: the files createNodes was called with.
 */
export function loadWorkspace(
  root: string,
  discovered: Discovered,
  listed: readonly string[],
  folder = dataFolder(root),
  env: NodeJS.ProcessEnv = process.env,
): LoadedWorkspace {
  const store = new ListingStore(folder, PLUGIN);
  const key = createHash('sha256')
    .update([PLUGIN, root, environmentKey(env)].join('\0'))
    .digest('hex');
  const kept = store.readListings(key);
  const manifests = new Manifests(root);
  const groups = groupModules(root, discovered, env, manifests);
  // All are read before go reads them. Those that git ignores are in force all the same.
  for (const file of groups.flatMap((group) => manifestsInForce(group, manifests))) manifests.at(file);
  const dirs = [...discovered.packageDirs.values(), ...[...kept.values()].map(({ others }) => [...others.keys()])];
  const before = takeSnapshot(root, new Set(dirs.flat()), store.readStates());
  const state: WorkspaceState = { root, listed, manifests, dirs: before.dirs, endless: before.endless };
  const complete = (listing: GroupListing): GroupListing => completed(listing, root, discovered, before);
  const session = new ListingSession(state, kept, complete, env);
  return {
    key,
    folder,
    root,
    groups,
    workDirs: discovered.workDirs,
    generators: before.generators,
    linterFiles: discovered.linterFiles,
    manifests,
    list: (group, options, only) => session.list(group, listedOptions(options, env), only),
    save: () => {
      const others = [...session.made.values()].flatMap(otherDirs);
      const isNew = [...session.made].some(([id, { listing }]) => kept.get(id)?.listing !== listing);
      const after = isNew ? takeSnapshot(root, new Set([...dirs.flat(), ...others]), before.dirs) : before;
      if (before.changed || after.changed) store.writeStates(after.dirs);
      const now = { ...state, dirs: after.dirs, manifests: isNew ? manifests.now() : manifests };
      writeChanged(store, key, kept, listingsToKeep(session, kept, state, now));
    },
  };
}

function writeChanged(store: ListingStore, key: string, kept: KeptListings, listings: KeptListings): void {
  const ids = new Set([...kept.keys(), ...listings.keys()]);
  if ([...ids].some((id) => kept.get(id) !== listings.get(id))) store.writeListings({ key, listings });
}

/** A listing with what changes without a new one. */
function completed(
  listing: GroupListing,
  root: string,
  discovered: Discovered,
  { links }: Pick<Snapshot, 'links'>,
): GroupListing {
  const linked = withLinkedDirectories(root, listing.packages, discovered);
  const packages = withLinkTargets(withUntrackedFiles(linked, discovered), links);
  return { ...listing, packages: withIncludedHeaders(root, packages) };
}

/** All listings asked for, kept or new; in place of one with an error the last one without. */
function listingsToKeep(
  { made }: ListingSession,
  kept: KeptListings,
  before: WorkspaceState,
  after: WorkspaceState,
): KeptListings {
  const entries = [...made].flatMap(([id, listed]): [string, KeptListing][] => {
    const earlier = kept.get(id);
    const next = earlier?.listing === listed.listing ? earlier : (keep(listed, before, after) ?? earlier);
    return next ? [[id, next]] : [];
  });
  return new ByName(entries);
}

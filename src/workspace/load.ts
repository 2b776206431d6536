import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, posix, relative, resolve } from 'node:path';

import { workspaceDataDirectoryForWorkspace } from 'nx/src/utils/cache-directory.js';

import {
  buildConfigurationKey,
  resolveBuildConfiguration,
  type BuildConfigurationOptions,
} from '../go/build-configuration.js';
import { findGo, GoNotUsableError, type GoCommand } from '../go/command.js';
import { GoListError, listPackages } from '../go/list.js';
import { isLeftOut, type Package } from '../go/package.js';
import { toPosix } from '../paths.js';
import type { Discovered } from './discover.js';
import { environmentKey } from './environment-key.js';
import { withIncludedHeaders } from './included-headers.js';
import { readStore, writeStore, type StoredListings } from './listing-store.js';
import { groupModules } from './modules.js';
import { announceProgress } from './progress.js';
import { scanGroup } from './scan.js';
import { takeSnapshot, type FileStates, type Snapshot } from './snapshot.js';
import { withLinkedDirectories, withLinkTargets, withUntrackedFiles } from './untracked-files.js';
import type { GroupListing, ModuleGroup, Workspace } from './workspace.js';

const PLUGIN_VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Seconds a `go list` may take unless NX_GOPHER_TIMEOUT says otherwise. */
const DEFAULT_TIMEOUT = 300;

/** A workspace whose listings are taken from the store where nothing they depend on has changed. */
export interface LoadedWorkspace extends Workspace {
  /** Writes the listings made since to the store. */
  save(): void;
}

/**
 * Loads a workspace's modules; packages are listed on demand.
 *
 * Listings are kept in Nx's workspace data folder under a key of the plugin's version, the environment, the go
 * command, the manifests and the import-relevant part of every source file. A listing with errors is not kept: what
 * mends it may be outside of all of these (a module downloaded since).
 *
 * @param manifests the files createNodes was called with.
 */
export function loadWorkspace(
  root: string,
  discovered: Discovered,
  manifests: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): LoadedWorkspace {
  const storePath = join(workspaceDataDirectoryForWorkspace(root), 'nx-gopher.json');
  const stored = readStore(storePath);
  const dirs = Object.values(discovered.packageDirs).flat();
  const groups = groupModules(root, discovered, env);
  // Those that git ignores are in force all the same.
  const allManifests = new Set([...manifests, ...groups.flatMap((group) => manifestsInForce(root, group))]);
  const snapshot = (extraDirs: readonly string[], embedded: readonly string[], known: FileStates) =>
    takeSnapshot(root, [...new Set([...dirs, ...extraDirs])], [...allManifests], known, embedded);
  const keyOf = (sources: string): string =>
    createHash('sha256')
      .update([PLUGIN_VERSION, root, environmentKey(env), sources].join('\0'))
      .digest('hex');
  const before = snapshot(stored.extraDirs, stored.embedded, stored.files);
  const kept = keyOf(before.key) === stored.key ? stored.listings : {};
  const session = new ListingSession(root, { discovered, links: before.links, kept, env });
  return {
    root,
    groups,
    workDirs: discovered.workDirs,
    list: (group, options, only) => session.list(group, options, only),
    save: () => {
      if (!session.changed && keyOf(before.key) === stored.key) return;
      const listings = session.keepable();
      const extraDirs = unlistedDirs(listings, new Set(dirs));
      const embedded = embeddedFiles(listings);
      const after = snapshot(extraDirs, embedded, before.files);
      // Sources edited while go was listing: what was listed belongs to neither state.
      const unchanged = snapshot(stored.extraDirs, stored.embedded, before.files).key === before.key;
      const next: StoredListings = { key: keyOf(after.key), files: after.files, extraDirs, embedded, listings };
      writeStore(storePath, unchanged ? next : { ...next, key: '' });
    },
  };
}

/** Lists groups, each request once, a few go processes at a time. */
class ListingSession {
  private readonly pending = new Map<string, Promise<GroupListing>>();
  private readonly made: Record<string, GroupListing> = {};
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private go: Promise<GoCommand> | undefined;
  changed = false;

  constructor(
    private readonly root: string,
    private readonly known: {
      readonly discovered: Discovered;
      readonly links: Snapshot['links'];
      readonly kept: StoredListings['listings'];
      readonly env: NodeJS.ProcessEnv;
    },
  ) {}

  list(group: ModuleGroup, options: BuildConfigurationOptions, only?: readonly string[]): Promise<GroupListing> {
    const dirs = only ?? group.modules.flatMap((module) => module.packageDirs);
    const id = [
      group.workFile ? posix.join(group.dir, 'go.work') : group.dir,
      JSON.stringify(options),
      only?.join(' '),
    ].join('|');
    let listing = this.pending.get(id);
    if (!listing) {
      const kept = this.known.kept[id];
      listing = kept ? Promise.resolve(kept) : this.run(group, options, dirs);
      void listing.then((result) => (this.made[id] = result)).catch(() => undefined);
      listing = listing.then((made) => this.complete(made));
      this.pending.set(id, listing);
    }
    return listing;
  }

  /** Adds what the go command does not tell and no stored listing may hold: it changes without a new listing. */
  private complete(made: GroupListing): GroupListing {
    const { discovered, links } = this.known;
    const found = withLinkedDirectories(this.root, made.packages, discovered);
    const packages = withLinkTargets(withUntrackedFiles(found, discovered), links);
    return { ...made, packages: withIncludedHeaders(this.root, packages) };
  }

  /** All listings used in this session but those that hold an error. */
  keepable(): Record<string, GroupListing> {
    const healthy = (pkg: Package): boolean =>
      isLeftOut(pkg) || (pkg.errors.length === 0 && pkg.testErrors.length === 0);
    return Object.fromEntries(
      Object.entries(this.made).filter(([, made]) => !made.failure && Object.values(made.packages).every(healthy)),
    );
  }

  private async run(
    group: ModuleGroup,
    options: BuildConfigurationOptions,
    dirs: readonly string[],
  ): Promise<GroupListing> {
    this.changed = true;
    await this.enter();
    const done = announceProgress(`go list of ${dirs.length} packages in ${group.dir}`);
    try {
      const go = await (this.go ??= findGo(this.root, this.known.env));
      const cwd = resolve(this.root, group.dir);
      const configuration = await resolveBuildConfiguration(go, options, cwd, group.env).catch((error: Error) => {
        throw new GoListError(error.message);
      });
      const packages =
        dirs.length === 0
          ? {}
          : await listPackages(go, {
              workspaceRoot: this.root,
              cwd,
              env: group.env,
              options,
              dirs: dirs.map((dir) => posix.relative(group.dir, dir) || '.'),
              vendor: group.vendor,
              timeout: Number(this.known.env['NX_GOPHER_TIMEOUT'] ?? DEFAULT_TIMEOUT) * 1000,
            });
      return { configuration, key: buildConfigurationKey(configuration), packages };
    } catch (error) {
      if (!(error instanceof GoNotUsableError || error instanceof GoListError)) throw error;
      // The other projects still get their graph, and these theirs as far as the sources tell. What is said of it goes
      // into hashes, and so may hold no path of the machine.
      const failure = error.message.replaceAll(this.root, '.');
      return { ...scanGroup(this.root, group, options, this.known.env, dirs), failure };
    } finally {
      done();
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running >= availableParallelism()) await new Promise<void>((resume) => this.waiting.push(resume));
    this.running++;
  }

  private leave(): void {
    this.running--;
    this.waiting.shift()?.();
  }
}

function unlistedDirs(listings: Readonly<Record<string, GroupListing>>, listed: ReadonlySet<string>): string[] {
  const dirs = Object.values(listings).flatMap(({ packages }) => Object.values(packages).map((pkg) => pkg.dir));
  return [...new Set(dirs)]
    .filter((dir) => dir && !dir.startsWith('/') && !/^[A-Za-z]:/.test(dir) && !listed.has(dir))
    .sort();
}

function embeddedFiles(listings: Readonly<Record<string, GroupListing>>): string[] {
  const files = Object.values(listings).flatMap(({ packages }) =>
    Object.values(packages).flatMap(({ dir, embedFiles, testEmbedFiles }) =>
      posix.isAbsolute(dir) ? [] : [...embedFiles, ...testEmbedFiles].map((file) => posix.join(dir, file)),
    ),
  );
  return [...new Set(files)].sort();
}

/** The manifests that go reads for a group, from the workspace's root; those outside of it begin with `../`. */
function manifestsInForce(root: string, group: ModuleGroup): string[] {
  const { workFile } = group;
  const work = workFile ? [workFile, `${workFile}.sum`].map((file) => toPosix(relative(root, file))) : [];
  const sums = group.modules.map(({ dir }) => posix.join(dir, 'go.sum'));
  return [...work, ...sums, posix.join(group.dir, 'vendor/modules.txt')];
}

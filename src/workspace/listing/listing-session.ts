import { availableParallelism } from 'node:os';
import { posix, resolve } from 'node:path';

import {
  buildConfigurationKey,
  resolveBuildConfiguration,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { findGo, GoNotUsableError, type GoCommand } from '../../go/process/command.js';
import { GoListError, listPackages } from '../../go/listing/list.js';
import { listingTimeout } from '../../go/listing/listing-timeout.js';
import { listingOf, type Listing, type Package } from '../../go/listing/package.js';
import { announceProgress } from './progress.js';
import {
  holds,
  touchedDirs,
  type KeptListing,
  type KeptListings,
  type ListedDirs,
  type WorkspaceState,
} from '../kept/kept-listings.js';
import { withoutEndless } from './endless-files.js';
import { refreshListing, type TouchedDirs } from './refresh-listing.js';
import { manifestsInForce } from '../modules/group-manifests.js';
import { scanGroup } from '../scan/scan.js';
import type { GroupListing, ModuleGroup } from '../workspace.js';

/** The share of packages from which on it takes as long to list those touched as to list all. */
const MOST_TOUCHED = 0.5;

/** Directories that go may refuse before it has listed any, until it is taken to refuse all. */
const MOST_REFUSED = 4;

/** Lists groups, each request once, a few go processes at a time; of what is kept, only what has been touched. */
export class ListingSession {
  /** By request: the listings made or taken over so far. */
  readonly made = new Map<string, ListedDirs>();
  private readonly pending = new Map<string, Promise<GroupListing>>();
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private go: Promise<GoCommand> | undefined;

  /**
   * @param kept listings of an earlier session, by request.
   * @param complete adds to a listing what changes without a new one, and so is not kept.
   */
  constructor(
    private readonly state: WorkspaceState,
    private readonly kept: KeptListings,
    private readonly complete: (listing: GroupListing) => GroupListing,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param only package directories, instead of all of the group's. */
  list(group: ModuleGroup, options: BuildConfigurationOptions, only?: readonly string[]): Promise<GroupListing> {
    const id = requestId(group, options, only);
    let listing = this.pending.get(id);
    if (!listing) {
      const dirs = only ?? group.modules.flatMap((module) => module.packageDirs);
      listing = this.upToDate(this.kept.get(id), { group, options, dirs, downloads: new Set() }).then((result) => {
        this.made.set(id, { group, dirs, listing: result });
        return this.complete(result);
      });
      this.pending.set(id, listing);
    }
    return listing;
  }

  /** Takes a kept listing as it is, or brings it up to date, or lists everything. */
  private async upToDate(kept: KeptListing | undefined, request: Request): Promise<GroupListing> {
    const touched = kept && holds(kept, request.group, this.state) && touchedDirs(kept, request.dirs, this.state);
    if (!touched || touched.changed.length > request.dirs.length * MOST_TOUCHED) return this.listAll(request);
    if (touched.changed.length + touched.removed.length === 0) return kept.listing;
    if (this.state.endless.length > 0) return this.listAll(request);
    return (await this.refresh(request, kept.listing, touched)) ?? this.listAll(request);
  }

  private async refresh(
    request: Request,
    { packages: known, ...listing }: GroupListing,
    touched: TouchedDirs,
  ): Promise<GroupListing | undefined> {
    try {
      const fresh = await this.inTurn(request, touched.changed, (go) => this.goList(go, request, touched.changed));
      const packages = refreshListing(known, fresh, touched, new Set(request.dirs));
      return packages && { ...listing, packages };
    } catch (error) {
      // Listing everything meets the same failure, and reports it.
      if (error instanceof GoNotUsableError || error instanceof GoListError) return undefined;
      throw error;
    }
  }

  private async listAll(request: Request): Promise<GroupListing> {
    const { group, options, dirs } = request;
    const { root, manifests, endless } = this.state;
    const endlessFile = manifestsInForce(group, manifests).find((file) => manifests.at(file).isEndless);
    if (endlessFile !== undefined) {
      const failure = `${endlessFile} is a named pipe or a device, and go would wait for it`;
      return { ...this.scan(request, dirs), failure, endlessFile };
    }
    try {
      return await this.inTurn(request, dirs, async (go) => {
        const cwd = resolve(root, group.dir);
        const configuration = await resolveBuildConfiguration(go, options, cwd, group.env).catch((error: Error) => {
          throw new GoListError(error.message);
        });
        const { dirs: finite, scanned } = withoutEndless(dirs, endless, (some) => this.scan(request, some).packages);
        const listed = await this.listApart(go, request, finite);
        const packages = scanned.length ? listingOf([...scanned, ...listed.values()]) : listed;
        return { configuration, key: buildConfigurationKey(configuration), packages };
      });
    } catch (error) {
      if (!(error instanceof GoNotUsableError || error instanceof GoListError)) throw error;
      // The other projects still get their graph, and these theirs as far as the sources tell. What is said of it goes
      // into hashes, and so may hold no path of the machine.
      const failure = error.message.replaceAll(root, '.');
      return { ...this.scan(request, dirs), failure };
    }
  }

  /**
   * Lists directories by one go command. Where that fails as a whole, by halves, so that what go refuses to load does
   * not take the others with it: an import that no module has, next to a go.mod that go would like to tidy first.
   *
   * @throws GoListError when go lists none, or refuses one directory after another from the start.
   */
  private async listApart(go: GoCommand, request: Request, dirs: readonly string[]): Promise<Listing> {
    const packages: Package[] = [];
    const refused: Package[] = [];
    /** Packages whose tests alone go refuses, with the error: others that import them list them without. */
    const failingTests: Package[] = [];
    // As many failures in a row as it takes to come from all directories to one, and a few that stand alone.
    let failuresLeft = Math.ceil(Math.log2(dirs.length)) + MOST_REFUSED;
    const list = async (some: readonly string[]): Promise<void> => {
      try {
        packages.push(...(await this.goList(go, request, some)).values());
        failuresLeft = Infinity;
      } catch (error) {
        if (!(error instanceof GoListError) || error.timedOut || failuresLeft-- <= 0) throw error;
        const [only = '', ...others] = some;
        if (others.length > 0) for (const half of halves(some)) await list(half);
        else {
          const { found, tested } = await this.listRefused(go, request, only, error);
          refused.push(...found);
          failingTests.push(...tested);
          if (tested.length) failuresLeft = Infinity;
        }
        // Nothing could be listed: it is not about one package.
        if (some === dirs && failuresLeft !== Infinity) throw error;
      }
    };
    await list(dirs);
    return listingOf([...refused, ...packages, ...failingTests]);
  }

  /**
   * What the sources tell of a directory that go refuses, with go's message as the package's error; or as the error of
   * its tests (`tested`), where go lists the package without them.
   */
  private async listRefused(
    go: GoCommand,
    request: Request,
    dir: string,
    { message }: GoListError,
  ): Promise<{ found: readonly Package[]; tested: readonly Package[] }> {
    const { packages } = this.scan(request, [dir]);
    const errors = [{ position: '', message: message.replaceAll(this.state.root, '.') }];
    const marked = (listing: Listing, fields: Partial<Package>): Package[] =>
      [...listing.values()].filter((pkg) => pkg.dir === dir).map((pkg) => ({ ...pkg, ...fields }));
    const listed = await this.goList(go, request, [dir], false).catch((error: Error) => {
      if (error instanceof GoListError) return undefined;
      throw error;
    });
    if (!listed) return { found: [...packages.values(), ...marked(packages, { errors })], tested: [] };
    return { found: [...packages.values(), ...listed.values()], tested: marked(listed, { testErrors: errors }) };
  }

  private scan({ group, options }: Request, dirs: readonly string[]): GroupListing {
    const { root, manifests } = this.state;
    return scanGroup(root, group, options, this.env, dirs, manifests);
  }

  private async goList(
    go: GoCommand,
    { group, options, downloads }: Request,
    dirs: readonly string[],
    tests = true,
  ): Promise<Listing> {
    if (dirs.length === 0) return listingOf([]);
    return listPackages(go, {
      workspaceRoot: this.state.root,
      cwd: resolve(this.state.root, group.dir),
      env: group.env,
      options,
      dirs: dirs.map((dir) => posix.relative(group.dir, dir) || '.'),
      vendor: group.vendor,
      tests,
      timeout: listingTimeout(this.env),
      onDownload: (module) => downloads.add(module),
    });
  }

  /** Runs when fewer go processes run than there are processors, and says so when it takes long. */
  private async inTurn<Result>(
    { group, downloads }: Request,
    dirs: readonly string[],
    run: (go: GoCommand) => Promise<Result>,
  ): Promise<Result> {
    if (this.running >= availableParallelism()) await new Promise<void>((resume) => this.waiting.push(resume));
    this.running++;
    const done = announceProgress(`go list of ${dirs.length} packages in ${group.dir}`, () =>
      downloads.size > 0 ? `downloading ${[...downloads].at(-1)} (module ${downloads.size})` : '',
    );
    try {
      return await run(await (this.go ??= findGo(this.state.root, this.env)));
    } finally {
      done();
      this.running--;
      this.waiting.shift()?.();
    }
  }
}

function halves<Item>(items: readonly Item[]): (readonly Item[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

interface Request {
  readonly group: ModuleGroup;
  readonly options: BuildConfigurationOptions;
  readonly dirs: readonly string[];
  /** The modules that go has begun to download for it. */
  readonly downloads: Set<string>;
}

function requestId(group: ModuleGroup, options: BuildConfigurationOptions, only?: readonly string[]): string {
  const where = group.workFile ? posix.join(group.dir, 'go.work') : group.dir;
  return [where, JSON.stringify(options), only?.join(' ')].join('|');
}

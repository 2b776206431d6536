import { posix } from 'node:path';

import {
  buildConfigurationOptions,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { listPackages } from '../../go/listing/list.js';
import { listingTimeout } from '../../go/listing/listing-timeout.js';
import type { Listing } from '../../go/listing/package.js';
import type { GoCommand } from '../../go/process/command.js';
import { isFile } from '../../files.js';
import { ByName } from '../../by-name.js';
import { fromRoot } from '../../paths.js';
import { takeSnapshot, type DirStates } from '../../workspace/kept/snapshot.js';
import { withIncludedHeaders } from '../../workspace/listing/included-headers.js';
import { refreshListing } from '../../workspace/listing/refresh-listing.js';
import type { ModuleContext } from '../../workspace/modules/module-context.js';
import { sourceDir } from './paths.js';

/** What a listing is made under. */
export interface ListingScope {
  readonly workspaceRoot: string;
  readonly module: ModuleContext;
  readonly options: BuildConfigurationOptions;
}

/**
 * The packages that served programs of one module and one build configuration are made of, kept up to date.
 *
 * Only the part of a source that `go list` reads counts (`src/go/sources/header.ts`): after an edit of a function's
 * body nothing is listed.
 */
export class ServedPackages {
  #listing: Listing | undefined;
  #states: DirStates = new ByName<never>();
  /** By directory: the digest of the sources as go listed them. */
  #listed: ReadonlyMap<string, string> = new Map();
  #roots: readonly string[] = [];
  /** Whether the remedy for what is wrong may lie anywhere. */
  #isBroken = false;

  constructor(
    private readonly scope: ListingScope,
    private readonly go: GoCommand,
  ) {}

  get listing(): Listing | undefined {
    return this.#listing;
  }

  /**
   * Lists what has to be listed.
   *
   * @param roots directories of the main packages. @param touched package directories in which files have changed.
   * @param forced those to be listed whatever their sources say.
   * @returns whether anything was listed.
   * @throws GoListError when go lists nothing; the last listing stays.
   */
  async update(roots: readonly string[], touched: Iterable<string>, forced: Iterable<string>): Promise<boolean> {
    const isSame = this.#listing !== undefined && roots.every((dir) => this.#roots.includes(dir));
    const touchedDirs = [...new Set(touched)];
    const before = this.#snapshot(touchedDirs);
    const changed = touchedDirs.filter((dir) => before.get(dir)?.digest !== this.#listed.get(dir));
    const dirs = [...new Set([...changed, ...forced])];
    this.#states = new ByName([...this.#states, ...before]);
    if (isSame && dirs.length === 0 && !this.#isBroken) return false;
    const started = Date.now();
    this.#isBroken = true;
    const next = (isSame ? await this.#refreshed(roots, dirs) : undefined) ?? (await this.#list(roots));
    this.#listing = withIncludedHeaders(this.scope.workspaceRoot, next);
    this.#roots = roots;
    this.#isBroken = [...next.values()].some((pkg) => pkg.errors.length > 0);
    this.#states = this.#snapshot(this.#dirs(next));
    this.#listed = settledDigests(this.#states, started);
    return true;
  }

  #dirs(listing: Listing): string[] {
    return [...listing.values()].flatMap((pkg) => sourceDir(this.scope.workspaceRoot, pkg) ?? []);
  }

  #snapshot(dirs: readonly string[]): DirStates {
    return takeSnapshot(this.scope.workspaceRoot, dirs, this.#states).dirs;
  }

  async #refreshed(roots: readonly string[], dirs: readonly string[]): Promise<Listing | undefined> {
    const known = this.#listing;
    const listed = known && new Set(this.#dirs(known));
    const inPlace = dirs.filter((dir) => listed?.has(dir) && (this.#snapshot([dir]).get(dir)?.digest ?? '') !== '');
    if (!known || dirs.length === 0 || inPlace.length < dirs.length || this.#hasErrors(known)) return undefined;
    const fresh = await this.#list(dirs);
    return refreshListing(known, fresh, { changed: dirs, removed: [] }, new Set(roots));
  }

  #hasErrors(listing: Listing): boolean {
    return [...listing.values()].some((pkg) => pkg.errors.length > 0);
  }

  #list(dirs: readonly string[]): Promise<Listing> {
    const { workspaceRoot, module, options } = this.scope;
    const cwd = fromRoot(workspaceRoot, module.cwd);
    return listPackages(this.go, {
      workspaceRoot,
      cwd: module.cwd,
      env: module.env,
      options: buildConfigurationOptions({ ...options }),
      dirs: dirs.map((dir) => posix.relative(cwd, dir) || '.'),
      tests: false,
      vendor: isFile(`${module.cwd}/vendor/modules.txt`),
      timeout: listingTimeout(process.env),
    });
  }
}

/** The digests of directories without those in which a file was written while go was listing. */
function settledDigests(states: DirStates, started: number): ReadonlyMap<string, string> {
  const isSettled = (dir: string): boolean =>
    states.get(dir)?.files.every((file) => typeof file === 'number' || (file[0][2] ?? Infinity) < started) ?? false;
  return new Map([...states].flatMap(([dir, { digest }]) => (isSettled(dir) ? [[dir, digest] as const] : [])));
}

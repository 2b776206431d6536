import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { KeptListing } from './kept-listings.js';
import type { FileStates } from './snapshot.js';

/** Listings by what was asked for. */
export interface StoredListings {
  /** Of the plugin, the workspace's place, the environment and the go command. */
  readonly key: string;
  readonly listings: Readonly<Record<string, KeptListing>>;
}

/** What is kept between two computations of the graph: what was read of the files, and what go said of the packages. */
export class ListingStore {
  /** @param folder Nx's folder for what belongs to the workspace and may be deleted at any time. */
  constructor(
    private readonly folder: string,
    private readonly version: string,
  ) {}

  /** What was last read of the files; nothing when another version of the plugin read them. */
  readStates(): FileStates {
    const stored = this.read<{ version: string; states: FileStates }>('nx-gopher-files.json');
    return stored?.version === this.version ? stored.states : { dirs: {}, manifests: {} };
  }

  writeStates(states: FileStates): void {
    this.write('nx-gopher-files.json', { version: this.version, states });
  }

  readListings(key: string): StoredListings['listings'] {
    const stored = this.read<StoredListings>('nx-gopher-listings.json');
    return stored?.key === key ? stored.listings : {};
  }

  writeListings(stored: StoredListings): void {
    this.write('nx-gopher-listings.json', stored);
  }

  /** A missing or damaged file is as good as none. */
  private read<Content>(name: string): Content | undefined {
    try {
      return JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as Content;
    } catch {
      return undefined;
    }
  }

  /**
   * Writes by rename, so that two Nx processes at a time leave a whole file behind. A folder that cannot be written costs
   * time at the next graph, not the graph.
   */
  private write(name: string, content: StoredListings | { version: string; states: FileStates }): void {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary, JSON.stringify(content));
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      process.stderr.write(`nx-gopher: cannot keep what go listed: ${(error as Error).message}\n`);
    }
  }
}

import type { DataFolder } from './data-folder.js';
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
  constructor(
    private readonly folder: DataFolder,
    private readonly version: string,
  ) {}

  /** What was last read of the files; nothing when another version of the plugin read them. */
  readStates(): FileStates {
    const stored = this.read<{ version: string; states: FileStates }>('nx-gopher-files.json');
    return stored?.version === this.version ? stored.states : { dirs: {}, manifests: {} };
  }

  writeStates(states: FileStates): void {
    this.folder.write('nx-gopher-files.json', () => JSON.stringify({ version: this.version, states }));
  }

  readListings(key: string): StoredListings['listings'] {
    const stored = this.read<StoredListings>('nx-gopher-listings.json');
    return stored?.key === key ? stored.listings : {};
  }

  writeListings(stored: StoredListings): void {
    this.folder.write('nx-gopher-listings.json', () => JSON.stringify(stored));
  }

  /** A damaged file is as good as none. */
  private read<Content>(name: string): Content | undefined {
    try {
      return JSON.parse(this.folder.read(name) ?? '') as Content;
    } catch {
      return undefined;
    }
  }
}

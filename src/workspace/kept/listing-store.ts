import { ByName } from '../../by-name.js';
import type { Package } from '../../go/listing/package.js';
import type { DataFolder } from './data-folder.js';
import type { KeptListing, KeptListings } from './kept-listings.js';
import type { DirState, DirStates } from './snapshot.js';

/** Listings by what was asked for. */
export interface StoredListings {
  /** Of the plugin, the workspace's place, the environment and the go command. */
  readonly key: string;
  readonly listings: KeptListings;
}

/** A {@link ByName} as JSON holds it. */
type Entries<Value> = readonly (readonly [name: string, value: Value])[];

/** A {@link KeptListing} as JSON holds it. */
interface WrittenListing {
  readonly listing: Omit<KeptListing['listing'], 'packages'> & { readonly packages: Entries<Package> };
  readonly manifests: string;
  readonly roots: Entries<string>;
  readonly others: Entries<string>;
}

/** What is kept between two computations of the graph: what was read of the files, and what go said of the packages. */
export class ListingStore {
  constructor(
    private readonly folder: DataFolder,
    private readonly version: string,
  ) {}

  /** What was last read of the files; nothing when another version of the plugin read them. */
  readStates(): DirStates {
    const stored = this.read<{ version: string; dirs: Entries<DirState> }>('nx-gopher-files.json');
    return new ByName(stored?.version === this.version ? stored.dirs : []);
  }

  writeStates(dirs: DirStates): void {
    this.folder.write('nx-gopher-files.json', () => JSON.stringify({ version: this.version, dirs }));
  }

  readListings(key: string): KeptListings {
    const stored = this.read<{ key: string; listings: Entries<WrittenListing> }>('nx-gopher-listings.json');
    const listings = stored?.key === key ? stored.listings : [];
    return new ByName(listings.map(([id, written]) => [id, revived(written)] as const));
  }

  writeListings(stored: StoredListings): void {
    this.folder.write('nx-gopher-listings.json', () => JSON.stringify(stored));
  }

  /** A damaged file counts as a missing one. */
  private read<Content>(name: Parameters<DataFolder['read']>[0]): Content | undefined {
    try {
      return JSON.parse(this.folder.read(name) ?? '') as Content;
    } catch {
      return undefined;
    }
  }
}

function revived({ listing, manifests, roots, others }: WrittenListing): KeptListing {
  return {
    listing: { ...listing, packages: new ByName(listing.packages) },
    manifests,
    roots: new ByName(roots),
    others: new ByName(others),
  };
}

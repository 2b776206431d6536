import type { DataFolder } from '../workspace/kept/data-folder.js';

/** What this machine knows of a key. */
export interface KnownPackage {
  /** The whole id of the action that compiles it. */
  readonly action: string;
  /** Whether the store is known to have it. */
  readonly isStored: boolean;
}

const FILE = 'nx-gopher-warm.json';
const VERSION = 1;
/** The latest that are kept: those of some dozen states of a large workspace. */
const MOST = 50_000;

/**
 * Which key stands for which of go's actions: so that what lies in go's build cache is not fetched again, and what lies
 * in the store not put there again. Where it is lost, or wrong, packages are fetched or compiled once more.
 */
export class KnownPackages {
  readonly #known: Map<string, KnownPackage>;
  #isChanged = false;

  /** @param store the name of the store that `isStored` is about. */
  constructor(
    private readonly folder: DataFolder,
    private readonly store: string,
  ) {
    this.#known = new Map(read(folder, store));
  }

  get(key: string): KnownPackage | undefined {
    return this.#known.get(key);
  }

  set(key: string, known: KnownPackage): void {
    const old = this.#known.get(key);
    if (old?.action === known.action && old.isStored === known.isStored) return;
    this.#known.delete(key);
    this.#known.set(key, known);
    this.#isChanged = true;
  }

  /** What cannot be kept is found out again. */
  save(): void {
    if (!this.#isChanged) return;
    const rows = [...this.#known].slice(-MOST).map(([key, { action, isStored }]) => [key, action, isStored ? 1 : 0]);
    this.folder.write(FILE, () => JSON.stringify({ version: VERSION, store: this.store, packages: rows }));
  }
}

function read(folder: DataFolder, ofStore: string): [string, KnownPackage][] {
  try {
    const { version, store, packages } = JSON.parse(folder.read(FILE) ?? '') as Record<string, unknown>;
    if (version !== VERSION || !Array.isArray(packages)) return [];
    return packages.flatMap((row: unknown): [string, KnownPackage][] => {
      const [key, action, stored] = Array.isArray(row) ? (row as unknown[]) : [];
      if (typeof key !== 'string' || typeof action !== 'string' || !/^[0-9a-f]{64}$/.test(action)) return [];
      return [[key, { action, isStored: stored === 1 && store === ofStore }]];
    });
  } catch {
    return [];
  }
}

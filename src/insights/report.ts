/** Of what nothing is known: a sentence that says why, and what makes it known. */
export interface Missing {
  readonly missing: string;
}

/**
 * All that `nx-gopher insights` finds; what it did not look at is left out. Times are milliseconds, points of time
 * milliseconds since 1970.
 */
export interface InsightsReport {
  readonly version: 1;
  /** The name of the workspace's directory. */
  readonly workspace: string;
  readonly time: number;
  /** Over how many days changes are counted. */
  readonly days: number;
  readonly run?: RunInsight | Missing;
  readonly edits: EditInsight | Missing;
  readonly imports?: ImportInsight | Missing;
  readonly structure: StructureInsight | Missing;
  readonly binaries?: BinaryInsight | Missing;
  readonly tests: TestInsight | Missing;
  readonly cache?: CacheInsight | Missing;
}

export type WorkKind = 'compile' | 'link' | 'test' | 'vet';

/** A step of go's work: when it began after the run's start, and how long it took. */
export interface Span {
  readonly kind: WorkKind;
  readonly name: string;
  readonly from: number;
  readonly milliseconds: number;
  /** Of a step on the critical path: how long it waited for a core. */
  readonly waited?: number;
}

/** How the time of the last run was spent, over cores. */
export interface RunInsight {
  readonly start: number;
  readonly milliseconds: number;
  readonly cores: number;
  readonly tasks: number;
  /** Of all steps of a kind together. */
  readonly busy: Readonly<Partial<Record<WorkKind, number>>>;
  /** How many steps of a kind ran at once, on average, in each of equal parts of the run's time. */
  readonly lanes: Readonly<Partial<Record<WorkKind, readonly number[]>>>;
  readonly longest: readonly Span[];
  /** The critical path of the go process that ended last. */
  readonly path: readonly Span[];
  /** How long that process would have taken on so many cores; no cores: as many as it can use. */
  readonly onCores: readonly { readonly cores: number | null; readonly milliseconds: number }[];
}

/** What an edit of a package costs. */
export interface EditCost {
  readonly dir: string;
  readonly importers: number;
  /** The tasks that hold it: an edit has them run again. */
  readonly builds: number;
  readonly tests: number;
  /** Commits of the last days that changed what it is compiled from. */
  readonly changes: number;
  /** Runs of tasks that these changes brought. */
  readonly reruns: number;
}

export interface EditInsight {
  /** Of the last days. */
  readonly commits: number;
  /** The dearest first. */
  readonly packages: readonly EditCost[];
}

/** An external module or a package of the standard library, and what programs would not hold without it. */
export interface HeavyImport {
  readonly name: string;
  readonly version: string;
  readonly programs: readonly string[];
  readonly packages: number;
  readonly milliseconds: number;
  readonly bytes?: number | undefined;
  /** The imports by which it comes in. */
  readonly lines: readonly { readonly from: string; readonly to: string }[];
}

export interface ImportInsight {
  readonly imports: readonly HeavyImport[];
}

/** Modules or packages of which each needs, directly or not, each other one. */
export interface ImportCycle {
  /** Module paths, or directories of packages. */
  readonly members: readonly string[];
  /** Imports that lead round it: directories of packages. `tests` where a test has the import. */
  readonly imports: readonly { readonly from: string; readonly to: string; readonly tests: boolean }[];
}

/** Imports between two folders that go both ways. */
export interface TwoWayFolders {
  /** Most imports go from the first to the second. */
  readonly folders: readonly [string, string];
  readonly imports: number;
  /** Those that go back: directories of packages. */
  readonly back: readonly { readonly from: string; readonly to: string }[];
}

/** How the folders of a workspace stand above each other, by imports that are no tests'. */
export interface FolderLayers {
  /** The lowest first: a layer imports only those below. Folders that import each other share a layer. */
  readonly layers: readonly (readonly string[])[];
  readonly twoWays: readonly TwoWayFolders[];
}

/** A module of which there are several versions. */
export interface DuplicateModule {
  /** Without the major version at the end. */
  readonly name: string;
  /** Each as `path@version`, and the packages of the workspace that import it. */
  readonly versions: readonly { readonly module: string; readonly importers: readonly string[] }[];
  /** Whether a program may hold several of them: major versions. Else they are in build lists of their own. */
  readonly together: boolean;
}

export interface StructureInsight {
  readonly moduleCycles: readonly ImportCycle[];
  readonly testCycles: readonly ImportCycle[];
  readonly folders: FolderLayers;
  /** Packages that nothing in the workspace imports. `tests`: it holds tests alone. */
  readonly unimported: readonly { readonly dir: string; readonly tests: boolean }[];
  readonly duplicates: readonly DuplicateModule[];
}

export interface BinarySize {
  readonly time: number;
  readonly commit: string;
  readonly bytes: number;
}

export interface BinaryInsight {
  readonly binaries: readonly {
    readonly task: string;
    readonly path: string;
    readonly bytes: number;
    /** Bytes of symbols by package, the most first. */
    readonly packages: readonly { readonly name: string; readonly bytes: number }[];
    /** Why its symbols are not known. */
    readonly problem?: string;
    /** What it had at the base commit. */
    readonly base?: BinarySize;
    /** Oldest first. */
    readonly history: readonly BinarySize[];
  }[];
}

export interface TestTimes {
  /** By package, the longest first. */
  readonly packages: readonly { readonly name: string; readonly milliseconds: number }[];
  readonly slowest: readonly { readonly package: string; readonly test: string; readonly milliseconds: number }[];
  /** A task that failed with a hash, and passed with the same one. */
  readonly flaky: readonly {
    readonly task: string;
    readonly hash: string;
    readonly failed: number;
    readonly passed: number;
  }[];
}

export interface TestInsight {
  /** As runs have told. */
  readonly times?: TestTimes;
  /** Directories of packages without tests. */
  readonly untested: readonly string[];
}

export interface CacheInsight {
  /** Numbers of Go tasks by where their results came from, oldest first. */
  readonly runs: readonly {
    readonly start: number;
    readonly local: number;
    readonly remote: number;
    readonly missed: number;
  }[];
  /** What the hits would have taken to run. */
  readonly saved: number;
  readonly causes: readonly { readonly cause: string; readonly tasks: number }[];
  readonly uncached: readonly { readonly task: string; readonly reason: string }[];
}

/** A Go task, as far as its cache is concerned. */
export interface TaskState {
  readonly cached: boolean;
  /** Why it is not cached, or what its hash does not cover. */
  readonly reasons: readonly string[];
}

/**
 * What decides whether two machines share cache hits: all of it is in hashes, or keeps a task out of the cache. Holds
 * no path of the machine but in {@link Diagnosis.outside}, so that two can be compared.
 */
export interface Diagnosis {
  /** Of this format. */
  readonly version: 1;
  readonly plugin: string;
  readonly nx: string;
  /** The checked out commit; empty outside of git. */
  readonly commit: string;
  /**
   * Changed and new files that git does not ignore, with their digests; empty where a file is deleted or a directory.
   */
  readonly uncommitted: Readonly<Record<string, string>>;
  /** What go and the C compilers say when Nx hashes: by setting, e.g. `GOVERSION`, for each place it is asked in. */
  readonly settings: Readonly<Record<string, string>>;
  /** By setting: the number of tasks whose hash holds it. */
  readonly uses: Readonly<Record<string, number>>;
  /** Settings that are not go's default, and enter no hash or come from `go env -w`: only to explain the others. */
  readonly changed: Readonly<Record<string, string>>;
  /** External modules and Go versions by node of the project graph, with what is hashed of them. */
  readonly modules: Readonly<Record<string, string>>;
  /** Digests of files that git ignores and tasks are made of. */
  readonly ignored: Readonly<Record<string, string>>;
  /** Code, headers and links outside the workspace. */
  readonly outside: readonly string[];
  /** Go tasks by `project:target`. */
  readonly tasks: Readonly<Record<string, TaskState>>;
  /** Named inputs that nx.json lacks: see `missingSourcesInputs`. */
  readonly missingInputs?: readonly string[];
  /** Settings of this machine that keep Nx from its caches. */
  readonly cache: readonly string[];
}

/** One thing worth knowing. */
export interface Finding {
  /** Whether hits are lost for it; else it is only said. */
  readonly loses: boolean;
  readonly text: string;
}

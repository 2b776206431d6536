import type { Settings } from '../../testing/measuring/measure.js';

/** Some tasks, and why they behave other than one would wish. */
export interface Excused {
  readonly tasks: readonly string[];
  readonly because: string;
}

/** One row of the edit table: what changes in a layout, and what exactly that may do to its tasks. */
export interface Edit {
  readonly name: string;
  /** Changes files of the workspace at `root`. */
  readonly edit?: (root: string) => void;
  /** Settings of the environment that are in force afterwards. */
  readonly settings?: Settings | (() => Promise<Settings>);
  /** Every task whose hash moves, and none but these. */
  readonly moves: readonly string[];
  /** Those of `moves` whose binary stays the same all the same. */
  readonly needless?: Excused;
  /** Tasks that `nx affected` selects although their hash does not move: cache hits. */
  readonly selectedInVain?: Excused;
  /** Why git does not see the change, so that nothing can be selected. */
  readonly unseen?: string;
  /** Tasks that there are only after the change; they are among `moves`. */
  readonly adds?: readonly string[];
  /** Tasks that there are only before it. */
  readonly removes?: readonly string[];
  /** Whether the row is one of those run on the older Nx too. */
  readonly onOlderNx?: boolean;
  /** Whether the row needs a processor that runs the layout's assembly. */
  readonly onlyAmd64?: boolean;
}

/** Why a comment in a library moves hashes: what go calls its early cutoff needs a compiled package to compare. */
export const EARLY_CUTOFF = 'go finds the compiled package unchanged, which only compiling it can tell';

/** Why a manifest selects more than it moves: its module's project is part of every plan in the module. */
export const MANIFEST = 'a manifest is the configuration of its module; which versions moved only the hash tells';

/** Why a deleted manifest selects more than it moves. */
export const DELETED = 'Nx selects every task when a project’s configuration file is deleted';

/** Why a lock file in a directory with a go.mod or go.work selects Go tasks. */
export const ROOT_OWNS_LOCK_FILE =
  'Nx takes the lock file for configuration of the project in its directory, the module’s';

/** Why a file that nobody compiles is part of the hash: no input of Nx selects a task without hashing the file. */
export const EXCLUDED_BY_LINE =
  'a file that only its //go:build line excludes stays in: else the edit that excludes a file would select nothing';

/** The tasks of `all` that are not among `some`. */
export function but(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((task) => !some.includes(task));
}

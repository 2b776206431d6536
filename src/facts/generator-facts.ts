/** What the executors of generators need to know of a package's commands. */
export interface GeneratorFacts {
  /** What lies in the directories of the packages, as globs from the workspace's root. */
  readonly own: readonly string[];
  /** Directories of the other packages that the commands name, from the workspace's root. */
  readonly named: readonly string[];
  /** Files and directories that the commands name, and those that the option `reads` names, as globs from the root. */
  readonly files: readonly string[];
  /** What the commands are declared to write, as globs from the workspace's root. */
  readonly outputs: readonly string[];
}

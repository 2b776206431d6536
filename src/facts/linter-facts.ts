import { posix } from 'node:path';

/** What the executors of linters and formatters need to know of a target's packages. */
export interface LinterFacts {
  /**
   * By configuration file of golangci-lint, from the workspace's root: the directories of the packages for which it
   * counts. Without a file: those for which none does.
   */
  readonly configurations: readonly { readonly file?: string; readonly dirs: readonly string[] }[];
  /** The directory of the module, where linters read its go.mod: they read only the one above their own directory. */
  readonly moduleDir?: string;
  /** Whether linters read files that golangci-lint's own cache knows nothing of: those that are named, or go.mod. */
  readonly readsFiles?: true;
}

const UNHASHED =
  /^--?(n|new(-from-[a-z-]+)?|fix|config|no-config|output[.-].*|build-tags|tags|path-(mode|prefix)|f|merge|matrix)(=|$)/;

/** Where a report on a project's packages goes, relative to the workspace's root. */
export function lintReportPath(projectDir: string): string {
  return posix.join('lint', projectDir, 'lint.sarif');
}

/**
 * Flags of a linter with which a finding depends on what no input names (other states, other tags, other reports), or
 * with which it writes files or something that the plugin cannot read.
 *
 * @param words the option `args` in words.
 */
export function unhashedLinterFlags(words: readonly string[]): string[] {
  return words.filter((word) => UNHASHED.test(word) || /^-c(?!hecks)/.test(word));
}

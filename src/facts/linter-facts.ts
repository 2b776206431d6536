import { posix } from 'node:path';

/** What the executors of linters and formatters need to know of a target's packages. */
export interface LinterFacts {
  /**
   * By configuration file of golangci-lint, from the workspace's root: the directories of the packages for which it
   * counts. Without a file: those for which none does.
   */
  readonly configurations: readonly { readonly file?: string; readonly dirs: readonly string[] }[];
}

/** Where a report on a project's packages goes, relative to the workspace's root. */
export function lintReportPath(projectDir: string): string {
  return posix.join('lint', projectDir, 'lint.sarif');
}

/**
 * Flags of a linter with which a finding depends on what no input names, or with which it writes files.
 *
 * @param words the option `args` in words.
 */
export function unhashedLinterFlags(words: readonly string[]): string[] {
  return words.filter((word) => /^--?(new(-from-[a-z-]+)?|fix|c|config|no-config|output[.-].*)(=|$)/.test(word));
}

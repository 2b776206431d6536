import { execa } from 'execa';

/** By file, from the workspace's root: the numbers of the lines that are new or changed. */
export type ChangedLines = ReadonlyMap<string, ReadonlySet<number> | 'all'>;

/** Names and headers as {@link changedIn} reads them, whatever the user's configuration of git says. */
const DIFF = [
  ...['--unified=0', '--no-color', '--no-ext-diff', '--no-renames', '--relative'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
];

/**
 * The lines of Go files that differ from where the work began: the commit that `base` and HEAD come from. Uncommitted
 * and untracked ones count.
 *
 * @throws Error when git does not know the base.
 */
export async function changedLines(workspaceRoot: string, base: string): Promise<ChangedLines> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout, stderr, exitCode } = await execa('git', args, { cwd: workspaceRoot, reject: false });
    if (exitCode === 0) return stdout;
    throw new Error(`git ${args[0]} failed for the base ${JSON.stringify(base)}: ${stderr.trim()}`);
  };
  // A name that begins with a dash would be an option.
  const from = (await git('merge-base', '--', base, 'HEAD')).trim();
  const changed = changedIn(await git('-c', 'core.quotePath=false', 'diff', ...DIFF, from, '--', '*.go'));
  const untracked = await git('ls-files', '-z', '--others', '--exclude-standard', '--', '*.go');
  for (const file of untracked.split('\0').filter(Boolean)) changed.set(file, 'all');
  return changed;
}

/** Reads a difference without context. */
export function changedIn(diff: string): Map<string, ReadonlySet<number> | 'all'> {
  const changed = new Map<string, ReadonlySet<number> | 'all'>();
  let lines = new Set<number>();
  let left = 0;
  for (const line of diff.split('\n')) {
    if (left > 0) {
      // Of a hunk: a line of code may begin like a header.
      left--;
      continue;
    }
    const file = /^\+\+\+ (?:"?b\/(.*?)"?|\/dev\/null)\t?$/.exec(line);
    if (file) {
      lines = new Set();
      if (file[1] !== undefined) changed.set(file[1], lines);
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const [, removed = '1', start, added = '1'] = hunk;
    for (let index = 0; index < Number(added); index++) lines.add(Number(start) + index);
    left = Number(removed) + Number(added);
  }
  return changed;
}

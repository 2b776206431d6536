import { posix } from 'node:path';

import { execa } from 'execa';

/** What git says of the workspace. Outside of git: no commit, and nothing uncommitted or ignored. */
export class Git {
  constructor(private readonly root: string) {}

  async commit(): Promise<string> {
    return (await this.run(['rev-parse', 'HEAD'])).trim();
  }

  /** Changed, new and deleted files, relative to the root: git names them from its own top directory. */
  async uncommitted(): Promise<string[]> {
    const inRepository = (await this.run(['rev-parse', '--show-prefix'])).trim();
    const status = await this.run(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']);
    const entries = status.split('\0').filter(Boolean);
    return entries.map((entry) => posix.relative(inRepository, entry.slice(3)));
  }

  /** Those of the paths, relative to the root, that git ignores. */
  async ignored(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return [];
    const output = await this.run(['check-ignore', '--stdin', '-z'], paths.join('\0'));
    return output.split('\0').filter(Boolean);
  }

  /**
   * The files that each commit of the last days changed, relative to the root, the newest commit first: of those that
   * the checked out one stands on, without merges. Files outside of the root are left out.
   */
  async changedFiles(days: number): Promise<string[][]> {
    const format = ['--no-merges', '--no-renames', '--name-only', '--relative', '-z', '--format=%x01'];
    const log = await this.run(['log', `--since=${days}.days.ago`, ...format, '--', '.']);
    // A commit is its mark, and then its files, each ending in a zero byte; git puts a line end before the first.
    const commits = log.split('\u0001').slice(1);
    return commits.map((text) =>
      text
        .split('\0')
        .map((file) => file.replace(/^\n/, ''))
        .filter(Boolean),
    );
  }

  private async run(args: readonly string[], input?: string): Promise<string> {
    const options = { cwd: this.root, reject: false, ...(input === undefined ? {} : { input }) } as const;
    const { stdout, exitCode } = await execa('git', [...args], options);
    return exitCode === 0 && typeof stdout === 'string' ? stdout : '';
  }
}

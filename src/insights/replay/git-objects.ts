import { execa } from 'execa';

/** A file of a commit. */
export interface TreeEntry {
  /** From the workspace's root, with forward slashes. */
  readonly path: string;
  readonly blob: string;
  readonly isLink: boolean;
}

/** Reads a repository's objects; the work tree and the index are never touched. */
export class GitObjects {
  /** @param root of the workspace, absolute; it may be a folder of the repository. */
  constructor(private readonly root: string) {}

  /**
   * The newest commits up to HEAD, by first parents: what the branch was, one after another. Oldest first.
   *
   * @throws Error outside of a repository, and for one without commits.
   */
  async commits(count: number): Promise<string[]> {
    const output = await this.git(['rev-list', '--first-parent', `--max-count=${count}`, 'HEAD']);
    return output.toString().trim().split('\n').reverse();
  }

  /** The workspace's files in a commit; none where it had no such folder. Submodules are left out. */
  async tree(commit: string): Promise<TreeEntry[]> {
    // Without --full-tree: the files of the working folder, by their paths from it.
    const output = await this.git(['ls-tree', '-r', '-z', commit]);
    return output
      .toString()
      .split('\0')
      .flatMap((line) => {
        const [head = '', path] = line.split('\t', 2);
        const [mode, type, blob] = head.split(' ');
        return type === 'blob' && blob && path !== undefined ? [{ path, blob, isLink: mode === '120000' }] : [];
      });
  }

  /** The contents of blobs. */
  async contents(blobs: readonly string[]): Promise<Map<string, Buffer>> {
    if (blobs.length === 0) return new Map();
    const output = await this.git(['cat-file', '--batch'], blobs.join('\n'));
    const found = new Map<string, Buffer>();
    for (let start = 0; start < output.length;) {
      const end = output.indexOf(10, start);
      const [blob = '', type, size] = output.toString('latin1', start, end).split(' ');
      if (type !== 'blob')
        throw new Error(`git has no object ${blob}: the clone is not whole. \`git fetch\` brings it.`);
      found.set(blob, output.subarray(end + 1, end + 1 + Number(size)));
      start = end + 1 + Number(size) + 1;
    }
    return found;
  }

  private async git(args: readonly string[], input?: string): Promise<Buffer> {
    // A partial clone would ask its server for each blob that is not there.
    const env = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
    const options = { cwd: this.root, env, reject: false, encoding: 'buffer', maxBuffer: 2 ** 31 - 1 } as const;
    const result = await execa('git', [...args], {
      ...options,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    });
    if (result.exitCode === 0) return Buffer.from(result.stdout);
    const message =
      Buffer.from(result.stderr ?? [])
        .toString()
        .trim() || result.message;
    throw new Error(`git ${args[0]} failed in ${this.root}: ${message}`);
  }
}

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Settings } from '../../testing/measuring/measure.js';
import { mustRun, type CommandResult, type Environment } from '../../testing/workspace/command.js';

/** A command that makes what git ignores and Go code embeds, e.g. a front end's build. */
export type Prepare = readonly [file: string, ...args: string[]];

/** How a subject comes into being. */
export interface SubjectOptions {
  readonly root: string;
  /** The environment of every command in it, with the given settings laid over. */
  readonly environment: (settings: Settings) => Environment;
  readonly prepare: Prepare | undefined;
  readonly dispose: () => void;
}

const IDENTITY = ['-c', 'user.name=exactness', '-c', 'user.email=exactness@example.org', '-c', 'commit.gpgsign=false'];
const KEPT = ['node_modules', '.nx'];

/** A copy of a workspace that mutations are made on: its one commit at first is the state they start from. */
export class Subject {
  private constructor(
    private readonly options: SubjectOptions,
    private readonly start: string,
    /** What git ignores, without what Nx and npm write, as it was at the start. */
    private readonly ignored: ReadonlyMap<string, Buffer>,
  ) {}

  /** Takes a git repository whose work tree is committed. */
  static async open(options: SubjectOptions): Promise<Subject> {
    const git = (...args: string[]) => mustRun('git', args, options.root, options.environment({}));
    const start = (await git('rev-parse', 'HEAD')).stdout.trim();
    const listed = await git('ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory');
    const paths = listed.stdout.split('\0').filter((path) => path && !KEPT.some((kept) => path.startsWith(kept)));
    const files = (await Promise.all(paths.map((path) => filesIn(git, path)))).flat();
    return new Subject(options, start, new Map(files.map((file) => [file, readFileSync(join(options.root, file))])));
  }

  get root(): string {
    return this.options.root;
  }

  environment(settings: Settings): Environment {
    return this.options.environment(settings);
  }

  git(...args: string[]): Promise<CommandResult> {
    return mustRun('git', [...IDENTITY, ...args], this.root, this.environment({}));
  }

  /** Makes what is built from the sources and hashed from disk. @returns the files that are others now. */
  async prepare(): Promise<string[]> {
    const [file, ...args] = this.options.prepare ?? [];
    if (!file) return [];
    const before = this.ignoredNow();
    // A front end that cannot be built leaves its last build in place, as it does for a developer.
    await mustRun(file, args, this.root, this.environment({})).catch(() => undefined);
    const isSame = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
      one && other ? one.equals(other) : one === other;
    return [...this.ignoredNow()].flatMap(([path, now]) => (isSame(now, before.get(path)) ? [] : [path]));
  }

  private ignoredNow(): Map<string, Buffer | undefined> {
    return new Map([...this.ignored.keys()].map((path) => [path, readIfFile(join(this.root, path))]));
  }

  /** Commits every change. @returns the commit. */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return (await this.git('rev-parse', 'HEAD')).stdout.trim();
  }

  /**
   * Takes the files to the state of a commit, by default the first; the history goes on. What git ignores is taken to
   * the first state.
   *
   * @returns whether anything that git ignores was another.
   */
  async restore(commit = this.start): Promise<boolean> {
    const before = this.ignoredNow();
    await this.git('read-tree', '--reset', '-u', commit);
    await this.git('clean', '--quiet', '-ffdx', ...KEPT.flatMap((name) => ['--exclude', name]));
    let restored = false;
    for (const [path, content] of this.ignored) {
      const file = join(this.root, path);
      if (before.get(path)?.equals(content) && existsSync(file)) continue;
      restored ||= !before.get(path)?.equals(content);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await this.prepare();
    return restored;
  }

  dispose(): void {
    this.options.dispose();
  }
}

function readIfFile(file: string): Buffer | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}

type Git = (...args: string[]) => Promise<CommandResult>;

/** The ignored files at a path that git gives: a file, or a directory of which all is ignored. */
async function filesIn(git: Git, path: string): Promise<string[]> {
  if (!path.endsWith('/')) return [path];
  const { stdout } = await git('ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', path);
  return stdout.split('\0').filter(Boolean);
}

/** Removes a copy. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

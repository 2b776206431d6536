import { posix } from 'node:path';

import { tagMatcher, type TagMatcher } from '../../go/sources/build-constraint.js';
import { defaultConfiguration } from '../../go/configuration/default-configuration.js';
import { SOURCE_KINDS } from '../../go/sources/source-kinds.js';
import { nearestDir } from '../../paths.js';
import { arrange, isGoDirectory } from '../../workspace/discover.js';
import type { Manifests } from '../../workspace/modules/manifests.js';
import { groupModules } from '../../workspace/modules/modules.js';
import { scanGroup } from '../../workspace/scan/scan.js';
import type { ModuleGroup } from '../../workspace/workspace.js';
import { CommitManifests, isManifest } from './commit-manifests.js';
import { SourceReader } from './commit-sources.js';
import { commitTree, type CommitTree } from './commit-tree.js';
import { GitObjects } from './git-objects.js';
import { digestOf, TaskDigests, type ReplayedTask } from './task-digests.js';

/** Files that Nx puts into every hash. */
const IN_EVERY_HASH = ['nx.json', '.gitignore', '.nxignore'];
const EVERYTHING = { include: [], exclude: [] } as const;

export interface ReplayOptions {
  /** Of the workspace, absolute. */
  readonly root: string;
  /** Commits to replay. */
  readonly count: number;
  /** GOMODCACHE. */
  readonly moduleCache: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The tasks of a commit. */
export interface CommitTasks {
  readonly commit: string;
  readonly tasks: readonly ReplayedTask[];
  /** Modules, as `path@version`, of which it is not known what they import: they are not downloaded. */
  readonly unknownModules: readonly string[];
}

/**
 * What all tasks of a workspace's newest commits are hashed from, the oldest commit first: one more than asked for, so
 * that each has one before it. Reads git's objects and the cache of modules alone; nothing is built or checked out.
 */
export async function* replayedCommits(options: ReplayOptions): AsyncGenerator<CommitTasks> {
  const objects = new GitObjects(options.root);
  const commits = await objects.commits(options.count + 1);
  const walk = new Walk(options, objects);
  for (const commit of commits) yield walk.at(commit);
}

class Walk {
  private readonly env: NodeJS.ProcessEnv;
  private readonly matches: TagMatcher;
  private readonly reader: SourceReader;
  /** The contents of manifests and of symbolic links, by their blobs. */
  private readonly contents = new Map<string, Buffer>();
  private before: (CommitTasks & { readonly key: string }) | undefined;

  constructor(
    private readonly options: ReplayOptions,
    private readonly objects: GitObjects,
  ) {
    this.env = options.env ?? process.env;
    this.matches = tagMatcher(defaultConfiguration({}, this.env));
    this.reader = new SourceReader(options.root, objects, options.moduleCache, this.matches);
  }

  async at(commit: string): Promise<CommitTasks> {
    const entries = await this.objects.tree(commit);
    const key = digestOf(entries.map(({ path, blob }) => `${path} ${blob}`));
    // Nothing of the workspace changed.
    if (this.before?.key === key) return { ...this.before, commit };
    const wanted = entries.filter(({ path, isLink }) => isLink || isManifest(path)).map(({ blob }) => blob);
    await this.fetch(wanted);
    const tree = commitTree(entries, this.contents);
    // What links lead to is a manifest by the link's name.
    await this.fetch([...tree.blobs].filter(([path]) => isManifest(path)).map(([, blob]) => blob));
    const tasks = await this.tasksOf(commit, tree);
    this.before = { ...tasks, key };
    return tasks;
  }

  private async fetch(blobs: readonly string[]): Promise<void> {
    const missing = new Set(blobs.filter((blob) => !this.contents.has(blob)));
    for (const [blob, content] of await this.objects.contents([...missing]))
      this.contents.set(blob, Buffer.from(content));
  }

  private async tasksOf(commit: string, tree: CommitTree): Promise<CommitTasks> {
    const { root } = this.options;
    const texts = new Map([...this.contents].map(([blob, content]) => [blob, content.toString('utf8')]));
    const manifests = new CommitManifests(root, tree, texts);
    const unknown = new Set<string>();
    const sources = await this.reader.read(tree, unknown);
    const paths = [...tree.blobs.keys()];
    const isSource = (path: string): boolean => SOURCE_KINDS.includes(path.slice(path.lastIndexOf('.') + 1));
    const discovered = arrange(paths.filter(isManifest), paths.filter(isSource), EVERYTHING);
    const common = digestOf(IN_EVERY_HASH.map((path) => tree.blobs.get(path) ?? ''));
    const moduleFiles = filesOfModules(tree, discovered.moduleDirs);
    const tasks = groupModules(root, discovered, this.env, manifests).flatMap((group) => {
      const listing = scanGroup(root, group, {}, this.env, undefined, manifests, sources);
      return new TaskDigests(
        group,
        listing,
        tree,
        this.matches,
        common,
        moduleFiles,
        requirements(group, manifests),
      ).tasks();
    });
    return { commit, tasks, unknownModules: [...unknown].sort() };
  }
}

/** What decides which versions of other modules are in force. */
function requirements({ workFile, modules }: ModuleGroup, manifests: Manifests): string {
  const files = [...(workFile ? [workFile] : []), ...modules.map(({ dir }) => posix.join(dir, 'go.mod'))];
  const directives = files.flatMap((file) => manifests.at(file).directives);
  const deciding = directives.filter(({ verb }) => /^(require|replace|exclude)$/.test(verb));
  return digestOf(deciding.map(({ verb, args }) => [verb, ...args].join(' ')).sort());
}

/** A digest of each module's files, but for those of modules below it: what a hash holds without knowing imports. */
function filesOfModules(tree: CommitTree, moduleDirs: readonly string[]): Map<string, string> {
  const files = new Map(moduleDirs.filter(isGoDirectory).map((dir): [string, string[]] => [dir, []]));
  for (const dir of tree.dirs) {
    const module = nearestDir(dir, (above) => files.has(above));
    if (module === undefined) continue;
    const prefix = dir === '.' ? '' : `${dir}/`;
    const lines = tree.filesIn(dir).map((name) => `${prefix}${name} ${tree.blobs.get(`${prefix}${name}`)}`);
    files.get(module)?.push(...lines);
  }
  return new Map([...files].map(([dir, lines]) => [dir, digestOf(lines.sort())]));
}

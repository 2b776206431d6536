import type { Tree } from '@nx/devkit';

import type { GoModule } from './go-modules.js';

/** What the kinds of targets of both plugins are called when nothing else is configured. */
export type PeerKind = 'build' | 'test' | 'lint' | 'tidy' | 'serve' | 'generate' | 'serve-air' | 'release-publish';

/** The peer's kinds that nx-gopher infers, with what it calls them. */
export const KINDS = { build: 'build', test: 'test', lint: 'vet', tidy: 'tidy' } as const;
/** A kind as nx-gopher calls it. */
export type OurKind = (typeof KINDS)[keyof typeof KINDS];

export type Options = Readonly<Record<string, unknown>>;

/** The plugin that a workspace is converted from: where it differs from others of its kind. */
export interface Peer {
  /** Its npm package, which is the name of the plugin and the prefix of its executors. */
  readonly packageName: string;
  /** By kind of target it infers: the plugin option that names the target, and the name without one. */
  readonly targetNames: Readonly<Partial<Record<PeerKind, { readonly option: string; readonly name: string }>>>;
  /** Plugin options without a counterpart, each with what becomes of it. */
  readonly lostOptions: Readonly<Record<string, string>>;
  /** Inputs that stand for Go sources: the inferred ones take their place. */
  readonly sourceInputs: readonly string[];
  /** Named inputs that it made, each with what its plugin gives to projects; undefined where only nx.json has it. */
  readonly namedInputs: Readonly<Record<string, readonly string[] | undefined>>;
  /** Whether its executors hand their command to a shell, which takes quotes away and fills variables in. */
  readonly usesShell: boolean;
  /** Whether the module at the workspace's root becomes a project without a project.json. */
  readonly infersRoot: boolean;
  /** Whether its plugin gives projects their targets, or only a name. */
  readonly infersTargets: boolean;
  /** Whether the inferred lint is revive where the module has a revive.toml. */
  readonly findsRevive: boolean;
  /** Where its builds run: `main` and `outputPath` are seen from there. */
  readonly buildsIn: 'project' | 'workspace';
  /** What a build without `main` makes, as the go command takes it. */
  readonly defaultMain: '.' | './...';
  /** What it calls the project of a module directory that has no project.json. */
  projectName(dir: string): string;
  /** Whether it takes the module in a directory for an application: it looks for some files, not for packages. */
  isApplication(tree: Tree, dir: string): boolean;
  /** By kind: what the targets that it infers wait for. */
  readonly dependsOn: Readonly<Partial<Record<PeerKind, readonly string[]>>>;
  /** Options of one of its targets under the names, and with the defaults, of its newest version. */
  newestOptions(kind: PeerKind, options: Options): Options;
  /** Where a build writes its binary, from the workspace root; `binary` is what go would call it. */
  outputPath(options: Options, projectRoot: string, binary: string): string;
  /**
   * The directory in which `go run` ran the project's own program, from the workspace root, and its variables;
   * undefined where it ran another one.
   */
  program(
    options: Options,
    project: { readonly root: string; readonly module: GoModule | undefined },
  ): { readonly cwd: string; readonly env?: unknown } | undefined;
  /**
   * The shell command and its directory for targets that nx-gopher has no executor for; undefined when there is none.
   */
  command(kind: PeerKind, options: Options, projectRoot: string): CommandOptions | undefined;
}

/** Options of nx:run-commands. */
export interface CommandOptions {
  readonly command: string;
  readonly cwd: string;
  readonly env?: unknown;
}

/** The kind of target that an executor of the peer runs; undefined for other executors. */
export function kindOfExecutor(peer: Peer, executor: string | undefined): PeerKind | undefined {
  const prefix = `${peer.packageName}:`;
  return executor?.startsWith(prefix) ? (executor.slice(prefix.length) as PeerKind) : undefined;
}

/** Words as one shell command; those with special characters are quoted. */
export function shellCommand(words: readonly string[]): string {
  return words.map((word) => (/^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/** A list option of the peer; a string counts as a list of one. */
export function listOption(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

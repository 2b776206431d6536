import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Layout } from '../layouts/layout.js';
import { mustRun, run, type CommandResult, type Environment } from './command.js';
import { environment } from './environment.js';
import { writeFiles, type Files } from './files.js';
import { installation, type Installation } from './installation.js';
import { linkFolder } from './link-folder.js';
import type { NxVersion } from './nx-versions.js';
import { temporaryFolder } from './temporary-folder.js';

/** What the generator `init` writes into nx.json. */
const NX_JSON = { namedInputs: { goSources: [] }, plugins: ['nx-gopher'] };

/** What differs from a workspace in which nothing is configured but what `init` writes. */
export interface WorkspaceOptions {
  readonly nxJson?: object;
  readonly files?: Files;
  /** What is installed instead of the packed plugin. */
  readonly installation?: Installation;
  /**
   * Whether each Nx command starts a worker for each plugin, as it does for a user. To start them takes as long as all
   * the rest of a command whose results are cached: on Nx 24 only those tests have them that are about them. Nx 23
   * names the project of a project.json without a name otherwise when there are none, so there they are the default.
   */
  readonly pluginWorkers?: boolean;
}

const IDENTITY = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', '-c', 'commit.gpgsign=false'];

/** A temporary workspace with its own git repository, whose one commit is the layout. */
export class Workspace {
  /** The home directory of its user: Nx 24 keeps a repository's cache there for all checkouts that the user has. */
  readonly home: string;

  private constructor(
    readonly root: string,
    readonly nxVersion: NxVersion,
    private readonly files: Files,
    private readonly pluginWorkers: boolean,
  ) {
    this.home = temporaryFolder('homes', basename(root));
  }

  static async create(layout: Layout, nxVersion: NxVersion, options: WorkspaceOptions = {}): Promise<Workspace> {
    const installed = options.installation ?? (await installation(nxVersion));
    const root = mkdtempSync(join(temporaryFolder('workspaces'), `${layout.name}-`));
    const files = {
      'nx.json': `${JSON.stringify(options.nxJson ?? NX_JSON, null, 2)}\n`,
      '.gitignore': 'node_modules\n/dist\n.nx\n',
      ...layout.files,
      ...options.files,
    };
    const workspace = new Workspace(root, nxVersion, files, options.pluginWorkers ?? !nxVersion.selectsTasks);
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(installed.folder, name), join(root, name));
    writeFiles(root, files);
    for (const [path, target] of Object.entries(layout.links ?? {})) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(target, join(root, path));
    }
    await linkNodeModules(installed.folder, root);
    for (const { cwd, args } of layout.prepare ?? []) await mustRun('go', args, join(root, cwd), environment());
    await workspace.git('init', '--quiet', '--initial-branch=main');
    await workspace.commit();
    return workspace;
  }

  /**
   * The same workspace, committed files and all that git ignores but Nx's own data, in another directory of another
   * user.
   */
  async copy(): Promise<Workspace> {
    const root = mkdtempSync(join(temporaryFolder('workspaces'), 'another-place-'));
    const left = ['node_modules', '.nx', 'dist'].map((name) => join(this.root, name));
    cpSync(this.root, root, { recursive: true, verbatimSymlinks: true, filter: (path) => !left.includes(path) });
    await linkNodeModules(this.root, root);
    return new Workspace(root, this.nxVersion, this.files, this.pluginWorkers);
  }

  git(...args: string[]): Promise<CommandResult> {
    return mustRun('git', [...IDENTITY, ...args], this.root, environment());
  }

  async commit(): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', 'state');
  }

  /** Takes every change back: to the last commit, and of what git ignores to the files it was created with. */
  async reset(): Promise<void> {
    await this.git('reset', '--quiet', '--hard');
    await this.git('clean', '--quiet', '--force', '--force', '-d');
    const lost = Object.entries(this.files).filter(
      ([path, content]) => !this.exists(path) || this.text(path) !== content,
    );
    writeFiles(this.root, Object.fromEntries(lost));
  }

  /** {@link environment} with the workspace's own home directory, and the given settings. */
  environment(settings: Readonly<Record<string, string | undefined>> = {}): Environment {
    return environment({ HOME: this.home, ...settings });
  }

  /** Runs the Nx command line, under the settings of {@link Workspace.environment} and those given. */
  nx(args: readonly string[], settings: Readonly<Record<string, string | undefined>> = {}): Promise<CommandResult> {
    // A daemon has workers of its own.
    const workers = this.pluginWorkers || settings['NX_DAEMON'] === 'true';
    const isolation = workers ? {} : { NX_ISOLATE_PLUGINS: 'false' };
    return this.nxUnder(this.environment({ ...isolation, ...settings }), args);
  }

  nxUnder(env: Environment, args: readonly string[]): Promise<CommandResult> {
    return run(process.execPath, [join(this.root, 'node_modules/nx/dist/bin/nx.js'), ...args], this.root, env);
  }

  /** Removes all that Nx keeps of earlier runs: its cache and its database. */
  forget(): void {
    for (const folder of [this.path('.nx'), this.home]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(this.home, { recursive: true });
  }

  /**
   * Where Nx's cache on this machine holds an output, absolute: by entry. Nx keeps it in the workspace or in the home
   * directory.
   */
  cached(output: string): string[] {
    return [this.path('.nx'), this.home]
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
      .filter((path) => path.endsWith(`/${output}`));
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  read(path: string): Buffer {
    return readFileSync(this.path(path));
  }

  text(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** Removes the workspace; NX_GOPHER_KEEP in the environment keeps it for a look at what went wrong. */
  dispose(): void {
    if (process.env['NX_GOPHER_KEEP']) return;
    for (const folder of [this.root, this.home]) rmSync(folder, { recursive: true, force: true });
  }
}

/** A real node_modules directory, as a user has. */
export function linkNodeModules(from: string, to: string): Promise<void> {
  return linkFolder(join(from, 'node_modules'), join(to, 'node_modules'));
}

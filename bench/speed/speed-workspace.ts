import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun, type Environment } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { writeFiles, type Files } from '../../testing/workspace/files.js';
import type { Installation } from '../../testing/workspace/installation.js';
import { linkFolder } from '../../testing/workspace/link-folder.js';
import { taskEnds, tasksThat, type TaskEnd } from '../../testing/workspace/nx-output.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { linkNodeModules } from '../../testing/workspace/workspace.js';
import type { WorkspacePlan, WorkspaceSize } from '../../testing/generated/plan.js';
import { writeWorkspace } from '../../testing/generated/write-workspace.js';
import { peakMemory, type PeakMemory } from '../timing/peak-memory.js';

/** A synthetic workspace on disk; its Nx cache and its Go build cache are its own, so that both can be emptied. */
export class SpeedWorkspace {
  private constructor(
    readonly root: string,
    readonly plan: WorkspacePlan,
    private readonly goCache: string,
    private readonly settings: Settings,
  ) {}

  /**
   * @param installed where Nx and the plugin are taken from; without it, the workspace is one for go alone.
   * @param settings variables of all its commands.
   */
  static async create(
    name: string,
    size: WorkspaceSize,
    files: Files,
    installed?: Installation,
    settings: Settings = {},
  ): Promise<SpeedWorkspace> {
    const folder = mkdtempSync(join(temporaryFolder('bench'), `${name}-`));
    const root = join(folder, 'workspace');
    const plan = writeWorkspace(root, size);
    writeFiles(root, { '.gitignore': 'node_modules\n/dist\n.nx\n', ...files });
    if (installed) {
      for (const file of ['package.json', 'package-lock.json'])
        copyFileSync(join(installed.folder, file), join(root, file));
      await linkNodeModules(installed.folder, root);
    }
    return new SpeedWorkspace(root, plan, join(folder, 'gocache'), settings);
  }

  /** Runs the Nx command line. @throws Error unless `count` tasks ended as they should. */
  async nx(
    args: readonly string[],
    expected: readonly [end: TaskEnd, count: number],
    settings: Settings = {},
  ): Promise<void> {
    const { output } = await this.nxCommand(args, settings);
    const [end, count] = expected;
    const found = tasksThat(end, taskEnds(output)).length;
    if (found !== count) throw new Error(`nx ${args.join(' ')}: ${found} tasks ${end}, not ${count}:\n${output}`);
  }

  /** Runs the Nx command line. @throws Error when it fails. */
  nxCommand(args: readonly string[], settings: Settings = {}) {
    const bin = join(this.root, 'node_modules/nx/dist/bin/nx.js');
    return mustRun(process.execPath, [bin, ...args], this.root, this.environment(settings));
  }

  /** The most that the processes of an Nx command hold in memory at a time, and the one of our plugin. */
  peakMemory(args: readonly string[]): Promise<PeakMemory> {
    const bin = join(this.root, 'node_modules/nx/dist/bin/nx.js');
    return peakMemory(process.execPath, [bin, ...args], this.root, this.environment({}), 'nx-gopher');
  }

  node(...args: readonly string[]) {
    return mustRun(process.execPath, args, this.root, this.environment({}));
  }

  go(...args: readonly string[]) {
    return mustRun('go', args, this.root, this.environment());
  }

  /** Removes what was built and all that Nx remembers. */
  forget(): void {
    for (const name of ['dist', 'coverage', '.nx']) rmSync(join(this.root, name), { recursive: true, force: true });
  }

  /** Removes what go compiled. */
  forgetCompiled(): void {
    rmSync(this.goCache, { recursive: true, force: true });
  }

  /** Makes GOCACHE a copy of the given one. */
  async startGoCacheFrom(cache: string): Promise<void> {
    rmSync(this.goCache, { recursive: true, force: true });
    await linkFolder(cache, this.goCache);
  }

  /** The binary of a main package, as the plugin places it. */
  binary(dir: string): string {
    return join(this.root, 'dist', dir, dir.slice(dir.lastIndexOf('/') + 1));
  }

  /** Takes the daemon down, if there is one, and the workspace off the disk. */
  async dispose(): Promise<void> {
    if (existsSync(join(this.root, 'node_modules'))) await this.nxCommand(['daemon', '--stop']);
    rmSync(join(this.root, '..'), { recursive: true, force: true });
  }

  path(path: string): string {
    return join(this.root, path);
  }

  /** What Nx and go run with. */
  environment(settings: Settings = {}): Environment {
    const nx = join(this.root, '.nx');
    return environment({
      GOCACHE: this.goCache,
      // By default Nx shares a cache with other clones of the same repository.
      NX_CACHE_DIRECTORY: join(nx, 'cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(nx, 'workspace-data'),
      ...this.settings,
      ...settings,
    });
  }
}

export type Settings = Readonly<Record<string, string>>;

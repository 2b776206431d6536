import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = fileURLToPath(new URL('handlers', import.meta.url));

/** What one run of Nx did: the tasks it selected, those of them that it ran, and those it took from the cache. */
export interface NxRun {
  readonly selected: readonly string[];
  readonly ran: readonly string[];
  readonly cached: readonly string[];
  readonly seconds: number;
}

/**
 * The environment without the settings of Nx, git and npm that belong to another directory, such as this repository.
 */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX|GIT|npm)_/.test(name)));
}

/** A copy of the example in a directory of its own, with the plugin of this repository installed. */
export class Workspace {
  /** Nx keeps its cache in the copy, since what the user has cached must not answer; go uses the user's cache. */
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(readonly directory: string) {
    const settings = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NO_COLOR: '1' };
    this.environment = { ...environment(), ...settings, NX_CACHE_DIRECTORY: join(directory, '.nx', 'cache') };
  }

  static async create(): Promise<Workspace> {
    const workspace = new Workspace(realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-example-'))));
    try {
      await workspace.install();
    } catch (error) {
      workspace.remove();
      throw error;
    }
    return workspace;
  }

  private async install(): Promise<void> {
    const leftOut = /[\\/]handlers[\\/](node_modules|dist|\.nx)$/;
    cpSync(SOURCE, this.directory, { recursive: true, filter: (source) => !leftOut.test(source) });
    const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', this.directory], {
      cwd: REPOSITORY,
      env: environment(),
      extendEnv: false,
    });
    const tarball = /"filename":\s*"([^"]+\.tgz)"/.exec(stdout)?.[1];
    if (!tarball) {
      throw new Error(`npm pack did not say which file it wrote:\n${stdout}`);
    }
    await this.command('npm', ['install', '--no-audit', '--no-fund', '--save-dev', `./${tarball}`]);
    await this.command('git', ['init', '--quiet', '--initial-branch=main']);
    await this.commit('The example');
  }

  async commit(message: string): Promise<void> {
    await this.command('git', ['add', '--all']);
    const identity = ['-c', 'user.name=Example', '-c', 'user.email=example@example.com', '-c', 'commit.gpgsign=false'];
    await this.command('git', [...identity, 'commit', '--quiet', '--no-verify', '--message', message]);
  }

  /** Runs Nx and reads from its own record of the run what became of each task. */
  async nx(args: readonly string[]): Promise<NxRun> {
    const file = join(this.directory, '.nx', 'cache', 'run.json');
    rmSync(file, { force: true });
    const start = performance.now();
    await this.command('nx', args);
    const seconds = (performance.now() - start) / 1000;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '{"tasks":[]}';
    const record = JSON.parse(text) as { tasks: { projectName: string; target: string; cacheStatus: string }[] };
    // It does nothing: the Go tasks wait for it, so that Nx starts the web front end next to them.
    const tasks = record.tasks.filter(({ target }) => target !== 'go-start');
    const names = (filter: (status: string) => boolean) =>
      tasks
        .filter((task) => filter(task.cacheStatus))
        .map((task) => task.projectName)
        .sort();
    return {
      selected: names(() => true),
      ran: names((status) => status === 'cache-miss'),
      cached: names((status) => status !== 'cache-miss'),
      seconds,
    };
  }

  /**
   * What the go command itself says about the programs: the directory of each main package, and the directories of
   * all packages of the workspace that go into it.
   */
  async programs(): Promise<Map<string, ReadonlySet<string>>> {
    const format = '{{.Name}}\t{{.ImportPath}}\t{{join .Deps " "}}';
    const lines = (await this.command('go', ['list', '-f', format, './...'])).split('\n').filter(Boolean);
    const directory = (importPath: string) => importPath.replace(/^example\.com\/handlers\//, '');
    return new Map(
      lines.flatMap((line) => {
        const [name, importPath = '', dependencies = ''] = line.split('\t');
        const all = [importPath, ...dependencies.split(' ')].map(directory);
        return name === 'main' ? [[directory(importPath), new Set(all)] as const] : [];
      }),
    );
  }

  /** Changes a file of the workspace; a change that changes nothing is an error. */
  edit(path: string, change: (text: string) => string): void {
    const file = join(this.directory, path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) {
      throw new Error(`The edit did not change ${path}.`);
    }
    writeFileSync(file, after);
  }

  /** The path of a program's binary. */
  binary(program: string): string {
    const name = program.slice(program.lastIndexOf('/') + 1) + (process.platform === 'win32' ? '.exe' : '');
    return join(this.directory, 'dist', program, name);
  }

  deleteOutputs(): void {
    rmSync(join(this.directory, 'dist'), { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Runs a command in the workspace; a failure shows all that it printed. */
  private async command(file: string, args: readonly string[]): Promise<string> {
    const result = await execa(file, args, {
      cwd: this.directory,
      env: this.environment,
      extendEnv: false,
      preferLocal: true,
      stdin: 'ignore',
      reject: false,
      all: true,
    });
    if (result.failed) {
      throw new Error(
        `\`${file} ${args.join(' ')}\` failed in ${this.directory}:\n${result.all || result.shortMessage}`,
      );
    }
    return result.stdout;
  }
}

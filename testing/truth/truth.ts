import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { layoutTasks, type Layout } from '../layouts/layout.js';
import { mustRun, run, type Environment } from '../workspace/command.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';
import { digestOfFile, digestOfTestFiles } from './digests.js';

/** By task id: a digest that moves exactly when what the task gives can move. */
export type Truth = Readonly<Record<string, string>>;

/** What a binary is when go cannot build it. */
const FAILS = 'fails';

/** A fresh build of a main or test package, run in the module that holds it. */
interface Build {
  readonly task: string;
  readonly directory: string;
  readonly cwd: string;
  readonly standalone: boolean;
  readonly cgo: boolean;
  /** Whether it is linked without a build id, as targets with cgo are: the C compiler's would be in it. */
  readonly withoutId: boolean;
  readonly test: boolean;
}

/**
 * Builds every main package and test binary of a layout as its target would, in a way that has nothing to do with
 * the plugin, and digests them. A test's digest holds the files next to its package too, which it could read.
 */
export class TruthTeller {
  private readonly outputs = mkdtempSync(join(temporaryFolder('truth'), 'binaries-'));
  private baseline: string | undefined;

  constructor(
    private readonly root: string,
    private readonly layout: Layout,
  ) {}

  /** Binaries of the layout as committed. They are kept: a later build starts from a copy of them, as go is fastest. */
  async before(env: Environment): Promise<Truth> {
    this.baseline = join(this.outputs, 'baseline');
    mkdirSync(this.baseline, { recursive: true });
    return this.tell(layoutTasks(this.layout), this.baseline, env);
  }

  async after(tasks: readonly string[], env: Environment): Promise<Truth> {
    const folder = mkdtempSync(join(this.outputs, 'edit-'));
    if (this.baseline) cpSync(this.baseline, folder, { recursive: true });
    const truth = await this.tell(tasks, folder, env);
    rmSync(folder, { recursive: true });
    return truth;
  }

  dispose(): void {
    rmSync(this.outputs, { recursive: true, force: true });
  }

  private async tell(tasks: readonly string[], folder: string, env: Environment): Promise<Truth> {
    const used = await workspaceModules(this.root, env);
    const builds = tasks.map((task) => this.planned(task, used));
    const truth: Record<string, string> = {};
    for (const group of groups(builds)) {
      const failed = await this.buildAll(group, folder, env);
      const moved = group.filter((build) => build.cgo && !failed.includes(build) && this.isMoved(build, folder));
      const withoutIds = moved.map((build) => ({ ...build, withoutId: true }));
      const failedLater = await this.buildAll(withoutIds, folder, env);
      for (const build of group) {
        const fails = failed.includes(build) || failedLater.some(({ task }) => task === build.task);
        truth[build.task] = fails ? FAILS : this.digest({ ...build, withoutId: build.cgo }, folder);
      }
    }
    return truth;
  }

  /**
   * Whether a binary is another than that of the layout as committed. With its build id a binary moves whenever
   * anything does that it is made of, and go sees at once when nothing did; without one go links it each time.
   */
  private isMoved(build: Build, folder: string): boolean {
    const [file, committed] = [binary(build, folder), binary(build, this.baseline ?? folder)];
    if (file === committed || !existsSync(committed)) return true;
    return !existsSync(file) || digestOfFile(file) !== digestOfFile(committed);
  }

  private planned(task: string, usedModules: ReadonlySet<string>): Build {
    const [path = '', target] = task.split(':');
    const directory = join(this.root, path);
    const cwd = moduleDirectory(this.root, directory);
    const cgo = this.layout.cgo?.includes(path) ?? false;
    const standalone = !usedModules.has(cwd);
    return { task, directory, cwd, standalone, cgo, withoutId: false, test: target === 'test' };
  }

  /** Builds a group by one go command, or when that fails each by one of its own; returns what fails. */
  private async buildAll(group: readonly Build[], folder: string, env: Environment): Promise<Build[]> {
    if (group.length === 0 || (await this.build(group, folder, env))) return [];
    const failed: Build[] = [];
    for (const build of group) {
      rmSync(binary(build, folder), { force: true });
      if (!(await this.build([build], folder, env))) failed.push(build);
    }
    return failed;
  }

  private async build(group: readonly Build[], folder: string, env: Environment): Promise<boolean> {
    const [first] = group;
    if (!first || group.some((build) => !existsSync(build.directory))) return false;
    const command = first.test ? ['test', '-c'] : ['build'];
    const flags = ['-trimpath', '-buildvcs=false', ...(first.withoutId ? ['-ldflags=-buildid='] : [])];
    const packages = group.map((build) => `./${relative(first.cwd, build.directory)}`);
    const output = outputFolder(first, folder);
    mkdirSync(output, { recursive: true });
    const { exitCode } = await run('go', [...command, ...flags, '-o', `${output}/`, ...packages], first.cwd, {
      ...env,
      ...(first.standalone ? { GOWORK: 'off' } : {}),
    });
    return exitCode === 0;
  }

  private digest(build: Build, folder: string): string {
    const file = binary(build, folder);
    // Where go writes an .exe, the file without it is the copy that the build started from.
    const content = digestOfFile(existsSync(`${file}.exe`) ? `${file}.exe` : file);
    return build.test ? `${content} ${digestOfTestFiles(build.directory)}` : content;
  }
}

/** Builds that one go command can do: same module context, same flags, no two binaries of one name. */
function groups(builds: readonly Build[]): Build[][] {
  const byKey = new Map<string, Build[]>();
  for (const build of builds) {
    const key = JSON.stringify([build.cwd, build.test]);
    byKey.set(key, [...(byKey.get(key) ?? []), build]);
  }
  return [...byKey.values()];
}

/** One folder per module and kind, so that binaries of one name do not meet. */
function outputFolder({ test, withoutId, cwd }: Build, folder: string): string {
  return join(folder, `${test ? 'tests' : 'mains'}${withoutId ? '-without-ids' : ''}`, cwd.replaceAll('/', '_'));
}

function binary(build: Build, folder: string): string {
  return join(outputFolder(build, folder), basename(build.directory) + (build.test ? '.test' : ''));
}

/** The directories of the modules that go.work uses; none without a go.work. */
async function workspaceModules(root: string, env: Environment): Promise<Set<string>> {
  if (env['GOWORK'] === 'off' || !existsSync(join(root, 'go.work'))) return new Set();
  const { stdout } = await mustRun('go', ['work', 'edit', '-json'], root, env);
  const { Use } = JSON.parse(stdout) as { Use?: { DiskPath: string }[] };
  return new Set((Use ?? []).map((use) => join(root, use.DiskPath)));
}

function moduleDirectory(root: string, directory: string): string {
  for (let current = directory; current !== root; current = dirname(current)) {
    if (existsSync(join(current, 'go.mod'))) return current;
  }
  return root;
}

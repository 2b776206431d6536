import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { GoTarget } from '../../testing/measuring/measure.js';
import { digestOfTestFiles } from '../../testing/truth/digests.js';
import { run, type Environment } from '../../testing/workspace/command.js';
import { buildFlags, documentedEnvironment, testFlags, type DocumentedOptions } from './documented-flags.js';
import { FileDigests } from './file-digests.js';
import { looseHeadersFlag } from './loose-headers.js';
import { importPath, moduleContext } from './module-context.js';
import { programsWithCgo, type Program } from './programs-with-cgo.js';

/** By task id: a digest that moves exactly when what the task gives can move. */
export type Truth = Readonly<Record<string, string>>;

/** What a binary is when go cannot build it. */
export const FAILS = 'fails';
/** What a test binary is when constraints exclude every test file. */
const NO_TESTS = 'no tests';

/** A main package or test binary of a task, and where and how go is run for it. */
interface Planned extends Program {
  readonly task: string;
  readonly options: DocumentedOptions;
  readonly cwd: string;
  readonly env: Environment;
}

/** The build of one. */
interface Build extends Planned {
  readonly flags: readonly string[];
  /** Flags under which the binary has a build id, where `flags` take it away. */
  readonly probe: readonly string[] | undefined;
  /** Where go leaves the binary: one folder for all that one go process can build. */
  readonly folder: string;
}

/**
 * Builds what tasks build, with `go build` and `go test -c` and the flags that are documented for the targets' options,
 * and digests it. Binaries are left in place from one time to the next, so that go links only what has moved. A test's
 * digest holds the files next to its package too, which it could read.
 */
export class GoTruth {
  private readonly digests = new FileDigests();
  /** By group: digests of the binaries with build ids, and what was told of those without. */
  private readonly probed = new Map<string, { readonly key: string; readonly results: Map<string, string> }>();

  /** @param outputs an empty folder outside of the workspace. */
  constructor(
    private readonly root: string,
    private readonly outputs: string,
  ) {}

  /** @param tasks the tasks by id; a test of packages without test files has no truth. */
  async tell(tasks: Readonly<Record<string, GoTarget>>, env: Environment): Promise<Truth> {
    const planned = Object.entries(tasks).flatMap(([task, target]) => this.planned(task, target, env));
    const builds = apart(await this.builds(planned));
    const digests = new Map<string, string[]>();
    for (const group of groups(builds)) {
      const results = await this.toldOf(group);
      for (const { task } of group) digests.set(task, [...(digests.get(task) ?? []), results.get(task) ?? FAILS]);
    }
    return Object.fromEntries(
      [...digests].map(([task, parts]) => [task, parts.includes(FAILS) ? FAILS : parts.join(' ')]),
    );
  }

  private planned(task: string, { kind, options, packages }: GoTarget, base: Environment): Planned[] {
    const test = kind === 'test';
    const env = { ...base, ...documentedEnvironment(options) };
    return packages
      .map((dir) => join(this.root, dir))
      .filter((directory) => !test || hasTests(directory))
      .map((directory) => {
        const { cwd, standalone } = moduleContext(this.root, directory, env);
        const environment = standalone ? { ...env, GOWORK: 'off' } : env;
        return { task, options, directory, importPath: importPath(this.root, directory), test, cwd, env: environment };
      });
  }

  /** Finds the flags of builds: those of programs with cgo are others. */
  private async builds(planned: readonly Planned[]): Promise<Build[]> {
    const cgo = new Set<Program>();
    for (const group of groupedBy(planned, ({ cwd, env, options }) => JSON.stringify([cwd, env, options.tags]))) {
      for (const program of await programsWithCgo(group)) cgo.add(program);
    }
    const loose = cgo.size > 0 ? looseHeadersFlag(this.root, this.digests) : undefined;
    return planned.map((program) => (cgo.has(program) ? this.cgoBuild(program, loose) : this.plainBuild(program)));
  }

  private plainBuild(program: Planned): Build {
    return this.withFolder(program, this.flags(program, false), undefined);
  }

  private cgoBuild(program: Planned, loose: string | undefined): Build {
    const { env } = program;
    const cppflags = [env['CGO_CPPFLAGS'], loose].filter(Boolean).join(' ');
    const loosened = loose ? { ...program, env: { ...env, CGO_CPPFLAGS: cppflags } } : program;
    return this.withFolder(loosened, this.flags(loosened, true), this.flags(loosened, false));
  }

  private flags({ options, env, test }: Planned, cgo: boolean): string[] {
    const source = { options, root: this.root, goflags: env['GOFLAGS'] ?? '', cgo };
    return test ? testFlags(source) : buildFlags(source);
  }

  private withFolder(program: Planned, flags: readonly string[], probe: readonly string[] | undefined): Build {
    const { cwd, test, env } = program;
    const key = createHash('sha256').update(JSON.stringify([cwd, test, flags, env]));
    return { ...program, flags, probe, folder: join(this.outputs, key.digest('hex').slice(0, 16)) };
  }

  /**
   * Builds a group, unless it can be shown to give what it gave before. go links a binary without a build id again each
   * time; with one it sees at once that nothing has changed. Where the binaries with ids are the same, so are the
   * others.
   */
  private async toldOf(group: readonly Build[]): Promise<Map<string, string>> {
    const [first] = group;
    if (!first?.probe) return this.build(group);
    const probe = group.map((build) => ({ ...build, flags: build.probe ?? [], folder: `${build.folder}-probe` }));
    const { exitCode, stdout } = await this.go(probe);
    if (exitCode !== 0) return this.build(group);
    const key = JSON.stringify([stdout, ...probe.map((build) => [build.task, this.digestIfBuilt(build)])]);
    const probed = this.probed.get(first.folder);
    if (probed?.key === key) return probed.results;
    const results = await this.build(group);
    this.probed.set(first.folder, { key, results });
    return results;
  }

  /** Builds a group by one go process; when that fails, by halves, until what fails stands alone. */
  private async build(group: readonly Build[]): Promise<Map<string, string>> {
    const [first] = group;
    if (!first) return new Map();
    const { exitCode, stdout } = await this.go(group);
    if (exitCode === 0) {
      const untested = new Set([...stdout.matchAll(/^\?\s+(\S+)\s+\[no test files\]/gm)].map(([, path]) => path));
      return new Map(
        group.map((build) => [build.task, untested.has(build.importPath) ? NO_TESTS : this.digest(build)]),
      );
    }
    if (group.length === 1) {
      for (const file of binaries(first)) rmSync(file, { force: true });
      return new Map([[first.task, FAILS]]);
    }
    const middle = Math.ceil(group.length / 2);
    const lower = await this.build(group.slice(0, middle));
    return new Map([...lower, ...(await this.build(group.slice(middle)))]);
  }

  private async go(group: readonly Build[]): Promise<{ exitCode: number; stdout: string }> {
    const { test, flags, cwd, env, folder } = group[0] as Build;
    if (group.some(({ directory }) => !existsSync(directory))) return { exitCode: 1, stdout: '' };
    mkdirSync(folder, { recursive: true });
    const packages = group.map(({ directory }) => `./${relative(cwd, directory)}`);
    const command = [...(test ? ['test', '-c'] : ['build']), ...flags, '-o', `${folder}/`, ...packages];
    return run('go', command, cwd, env);
  }

  private digest(build: Build): string {
    const digest = this.digestIfBuilt(build);
    if (!digest) throw new Error(`go left no binary of ${build.importPath} in ${build.folder}`);
    return digest;
  }

  private digestIfBuilt(build: Build): string | undefined {
    const file = binaries(build).find((candidate) => existsSync(candidate));
    if (!file) return undefined;
    const content = this.digests.of(file);
    return build.test ? `${content} ${digestOfTestFiles(build.directory, (path) => this.digests.of(path))}` : content;
  }
}

/** Gives binaries of one name folders of their own. */
function apart(builds: readonly Build[]): Build[] {
  const seen = new Map<string, number>();
  return builds.map((build) => {
    const file = binaries(build)[0] ?? '';
    const twins = seen.get(file) ?? 0;
    seen.set(file, twins + 1);
    return { ...build, folder: join(build.folder, String(twins)) };
  });
}

/** Builds that one go command can do: same flags, same folder. */
function groups(builds: readonly Build[]): Build[][] {
  return groupedBy(builds, ({ folder }) => folder);
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const result = new Map<string, T[]>();
  for (const item of items) result.set(keyOf(item), [...(result.get(keyOf(item)) ?? []), item]);
  return [...result.values()];
}

/** Where go may leave a binary; it calls it by the last element of the import path that is no version (`v2`). */
function binaries({ folder, importPath, test }: Build): string[] {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? '';
  const name = /^v\d+$/.test(last) && elements.length > 1 ? (elements.at(-2) ?? '') : last;
  return [`${name}${test ? '.test' : ''}`].flatMap((file) => [join(folder, file), join(folder, `${file}.exe`)]);
}

function hasTests(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => name.endsWith('_test.go'));
}

import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';

import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import { parseGoEvent } from '../../go/process/build-events.js';
import { loadClosures } from '../../go/listing/closures.js';
import type { SourcesRequest } from '../../go/listing/compiled-sources.js';
import { runGoGroup } from '../../go/process/process-group.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { isInside, toPosix } from '../../paths.js';
import { counted } from '../../counted.js';
import { longest } from '../batch/activity.js';
import { compileKey } from '../batch/compile-key.js';
import { groupTasks, type TaskGroup } from '../batch/group-tasks.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import { blame } from '../batch/blame.js';
import { actionsFlag } from '../flags/actions.js';
import { LongText } from '../output/long-text.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../task/session.js';
import type { ReadyTask, Report } from '../task/task.js';
import { CoverProfiles } from './cover-profiles.js';
import type { ReadAudit } from './reads/read-audit.js';
import type { TestExecutorOptions } from './schema.js';
import { coverProfilePath, testFlags, type TestFlags } from './test-flags.js';
import { TestLog } from './test-log.js';

type TestTask = ReadyTask<TestExecutorOptions>;
type Group = TaskGroup<TestExecutorOptions>;

/** Tests packages: one `go test` for all that agree in directory, environment and flags. */
export const testTasks: PlanTasks<TestExecutorOptions> = async (tasks, session, report) => {
  const flags = new Map<TestTask, TestFlags>();
  const flagged = await Promise.all(
    tasks.map(async (task) => {
      const own = testFlags(task.options, await session.goflags(task));
      flags.set(task, own);
      const covered = coverProfilePath(task, session.workspaceRoot) !== undefined;
      const apart = [...(covered ? ['covered'] : []), ...(task.options.auditReads ? ['audited'] : [])];
      return { task, flags: [...own.before, '--', ...own.after, ...apart], alone: own.alone };
    }),
  );
  return groupTasks(flagged).flatMap((group): Job[] => {
    const [first] = group.tasks;
    const own = first && flags.get(first);
    if (!own) return [];
    const compiles = compileKey(group, first.options, own.trimsPaths);
    return [{ tasks: group.tasks, compiles, run: () => testGroup(group, own, session, report) }];
  });
};

async function testGroup(group: Group, flags: TestFlags, session: GoSession, report: Report): Promise<void> {
  const audit = await readAudit(group, session);
  const profiles = CoverProfiles.of(group.tasks, session.workspaceRoot);
  try {
    const run = new TestRun(group, flags, session, report, profiles !== undefined, audit);
    const patterns = group.tasks.flatMap((task) => task.packages.map(({ pattern }) => pattern));
    const { before, after } = flags;
    const own = [profiles?.flag, audit?.flag].filter((flag) => flag !== undefined);
    const actions = await actionsFlag(group.tasks[0], session);
    const where = { cwd: group.cwd, env: group.env };
    const covered = profiles ? ['-cover'] : [];
    const vet = vetting(flags);
    const request = { patterns, flags: flags.compiling, tests: true, testFlags: covered, vet, where };
    const warmed = await session.warmed(request);
    await run.go(['test', '-json', ...actions, ...warmed.flags, ...before, ...own, ...new Set(patterns), ...after]);
    warmed.stop();
    profiles?.write();
    const alone = await run.misled(patterns);
    run.finish(alone);
    for (const task of alone) await testGroup({ ...group, tasks: [task] }, flags, session, report);
  } finally {
    profiles?.remove();
    audit?.remove();
  }
}

/** How go has vet check what it tests, if it does. */
function vetting({ before, after }: TestFlags): SourcesRequest['vet'] {
  const flags = [...before, ...after].filter((flag) => /^--?vet\b/.test(flag));
  return flags.some((flag) => flag.endsWith('=off')) ? undefined : ['test', ...flags];
}

/** The audit that a group's tasks ask for. The parts of Nx that it needs are loaded for it alone. */
async function readAudit({ tasks: [first] }: Group, session: GoSession): Promise<ReadAudit | undefined> {
  if (!first?.options.auditReads) return undefined;
  const { startReadAudit } = await import('./reads/read-audit.js');
  return startReadAudit(first, session);
}

/** One `go test` process and the tasks that wait for their packages' results. */
class TestRun {
  readonly #group: Group;
  readonly #session: GoSession;
  readonly #report: Report;
  readonly #log: TestLog;
  readonly #open: Set<TestTask>;
  /** Whether results wait for the end of the process: the coverage profile and what belongs to no package come then. */
  readonly #atEnd: boolean;
  readonly #sole: boolean;
  readonly #audit: ReadAudit | undefined;
  /** Packages of more than one task. */
  readonly #shared: ReadonlySet<string>;
  #aside = '';
  #exitCode = 0;

  constructor(
    group: Group,
    flags: TestFlags,
    session: GoSession,
    report: Report,
    covered: boolean,
    audit: ReadAudit | undefined,
  ) {
    this.#audit = audit;
    this.#group = group;
    this.#session = session;
    this.#report = report;
    const textFor = (importPath: string): LongText => longTextOf(importPath, group, session.workspaceRoot);
    this.#log = new TestLog(flags.showPass, textFor, (text) => this.#shown(text));
    this.#open = new Set(group.tasks);
    this.#sole = group.tasks.length === 1;
    const paths = group.tasks.flatMap(({ packages }) => packages.map(({ importPath }) => importPath));
    this.#shared = new Set(repeated(paths));
    this.#atEnd = covered || this.#sole;
  }

  async go(args: readonly string[]): Promise<void> {
    const { cwd, env } = this.#group;
    const ended = new Set<string>();
    const stop = this.#session.activity.begin(() => this.#activity(ended));
    const { exitCode, stderr } = await runGoGroup(await this.#session.go(), args, { cwd, env }, (line) => {
      const event = parseGoEvent(line);
      if (!event) this.#aside += `${line}\n`;
      const importPath = event && this.#log.add(event);
      if (importPath === undefined) return;
      ended.add(importPath);
      if (!this.#atEnd) this.#reportEnded(ended);
    }).finally(stop);
    this.#aside += stderr;
    this.#exitCode = exitCode;
  }

  #activity(ended: ReadonlySet<string>): string {
    const importPaths = new Set(
      this.#group.tasks.flatMap(({ packages }) => packages.map(({ importPath }) => importPath)),
    );
    const running = [...importPaths].flatMap((importPath): [string, number][] => {
      const start = ended.has(importPath) ? undefined : this.#log.startTime(importPath);
      return start === undefined ? [] : [[importPath, start]];
    });
    const now = running.length > 0 ? `running ${longest(running)}` : 'compiling';
    return `go test: ${ended.size} of ${counted(importPaths.size, 'package')} tested, ${now}`;
  }

  /**
   * Tasks that failed to load with a message about another task's file: go reports a missing package once, where it met
   * it first. Alone, each gets a message of its own.
   */
  async misled(patterns: readonly string[]): Promise<TestTask[]> {
    const unloadable = [...this.#open].filter((task) => this.#isUnloadable(task));
    if (unloadable.length < 2) return [];
    const { cwd, env, tasks } = this.#group;
    const flags = tasks[0] ? buildConfigurationFlags(tasks[0].options) : [];
    const closures = await loadClosures(await this.#session.go(), patterns, flags, true, { cwd, env });
    return closures ? unloadable.filter((task) => blame(task, this.#log.build, closures).foreign) : [];
  }

  /** Reports all that is not reported yet, but for those that are run again. */
  finish(again: readonly TestTask[]): void {
    for (const task of again) this.#open.delete(task);
    // A failure of go itself, e.g. at writing the profile: what it said of the packages does not hold then.
    const broken = this.#exitCode !== 0 && !this.#log.failed;
    const explains = (task: TestTask): boolean => broken || outcomeOf(task, this.#log) === undefined;
    // What go says of no package explains why one has no result, else it is talk (downloads).
    if (this.#aside !== '' && !this.#sole && ![...this.#open].some(explains)) process.stderr.write(this.#aside);
    for (const task of this.#open) this.#end(task, this.#sole || explains(task), broken);
    this.#open.clear();
  }

  #reportEnded(ended: ReadonlySet<string>): void {
    for (const task of this.#open) {
      if (!task.packages.every(({ importPath }) => ended.has(importPath))) continue;
      if (outcomeOf(task, this.#log) === undefined || this.#isUnloadable(task)) continue;
      this.#open.delete(task);
      this.#end(task, false);
    }
  }

  #end(task: TestTask, withAside: boolean, broken = false): void {
    const passed = !broken && (outcomeOf(task, this.#log) ?? false);
    const audited = this.#audit?.report(task, passed) ?? { text: '', failed: false };
    const success = passed && !audited.failed;
    const packages = task.packages.map(({ importPath }) => this.#log.textOf(importPath)).join('');
    const aside = withAside ? this.#shown(this.#aside) : '';
    const unheard = packages === '' && aside === '' ? this.#shown(this.#log.build.text()) || noResult(task) : '';
    const text = aside + packages + unheard + audited.text;
    const startTime = this.#log.startTime(task.packages[0]?.importPath ?? '');
    this.#report(task.id, {
      success,
      // Go's last line when any package failed.
      text: success ? text : `${text}FAIL\n`,
      ...(startTime === undefined ? {} : { startTime }),
    });
    // What Nx has been told need not be kept here as well.
    for (const { importPath } of task.packages) if (!this.#shared.has(importPath)) this.#log.forget(importPath);
  }

  #isUnloadable(task: TestTask): boolean {
    return task.packages.some(({ importPath }) => this.#log.isUnloadable(importPath));
  }

  #shown(text: string): string {
    return pathsFromWorkspaceRoot(text, this.#group.cwd, this.#session.workspaceRoot);
  }
}

/** Whether all packages of a task passed; undefined while go has not said so of each, nor that one failed. */
function outcomeOf(task: TestTask, log: TestLog): boolean | undefined {
  const outcomes = task.packages.map(({ importPath }) => log.passed(importPath));
  if (outcomes.includes(false)) return false;
  return outcomes.includes(undefined) ? undefined : true;
}

function noResult(task: TestTask): string {
  return `go test ended without a result for ${task.packages.map(({ importPath }) => importPath).join(', ')}.\n`;
}

function repeated(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  return paths.filter((path) => seen.size === seen.add(path).size);
}

/** Where the text of a package's tests is gathered; its file is named after the package and how it was tested. */
function longTextOf(importPath: string, { cwd, env, flags }: Group, workspaceRoot: string): LongText {
  const digest = createHash('sha256').update(JSON.stringify([importPath, cwd, env, flags]));
  const name = `${importPath.replaceAll(/[^\w.]+/g, '-')}-${digest.digest('hex').slice(0, 8)}.txt`;
  const path = join(workspaceDataFolder(workspaceRoot), 'nx-gopher-output', name);
  return new LongText(path, isInside(workspaceRoot, path) ? toPosix(relative(workspaceRoot, path)) : path);
}

import type { CommitTasks } from './replay.js';
import type { ReplayedTask } from './task-digests.js';

/** Tasks that run, and the seconds that those of them took of which a run is recorded. */
export interface Work {
  readonly builds: number;
  readonly tests: number;
  readonly seconds: number;
}

/** What a commit would have run, after the one before it. */
export interface ReplayedCommit {
  readonly commit: string;
  /** All that there were. */
  readonly all: Work;
  /** Those whose inputs the commit changed, as the plugin hashes them. */
  readonly exact: Work;
  /** Those whose module, or a module that this one imports from, the commit changed in any file. */
  readonly byModule: Work;
}

/** What nx-gopher insights --replay tells. */
export interface ReplayReport {
  readonly commits: readonly ReplayedCommit[];
  readonly all: Work;
  readonly exact: Work;
  readonly byModule: Work;
  /** Tasks of the newest commit of which no time is recorded. */
  readonly untimed: number;
  /** Modules that are not downloaded: what they import is not known, so all other modules count with them. */
  readonly unknownModules: readonly string[];
}

/** Seconds that a task took; undefined where no run of it is recorded. */
export type TimeOf = (kind: ReplayedTask['kind'], dir: string) => number | undefined;

/** Compares each commit with the one before it. */
export async function replayReport(commits: AsyncIterable<CommitTasks>, timeOf: TimeOf): Promise<ReplayReport> {
  const replayed: ReplayedCommit[] = [];
  const unknown = new Set<string>();
  let before: CommitTasks | undefined;
  for await (const now of commits) {
    for (const module of now.unknownModules) unknown.add(module);
    if (before) replayed.push(compared(before, now, timeOf));
    before = now;
  }
  const sum = (part: 'all' | 'exact' | 'byModule'): Work => totalOf(replayed.map((commit) => commit[part]));
  const untimed = (before?.tasks ?? []).filter(({ kind, dir }) => timeOf(kind, dir) === undefined).length;
  const totals = { all: sum('all'), exact: sum('exact'), byModule: sum('byModule') };
  return { commits: replayed, ...totals, untimed, unknownModules: [...unknown].sort() };
}

function compared(before: CommitTasks, { commit, tasks }: CommitTasks, timeOf: TimeOf): ReplayedCommit {
  const earlier = new Map(before.tasks.map((task) => [nameOf(task), task]));
  const moved = (key: 'digest' | 'moduleDigest'): ReplayedTask[] =>
    tasks.filter((task) => earlier.get(nameOf(task))?.[key] !== task[key]);
  const work = (some: readonly ReplayedTask[]): Work => workOf(some, timeOf);
  return { commit, all: work(tasks), exact: work(moved('digest')), byModule: work(moved('moduleDigest')) };
}

function nameOf({ kind, dir }: ReplayedTask): string {
  return `${kind} ${dir}`;
}

function workOf(tasks: readonly ReplayedTask[], timeOf: TimeOf): Work {
  const builds = tasks.filter(({ kind }) => kind === 'build').length;
  const seconds = tasks.reduce((sum, { kind, dir }) => sum + (timeOf(kind, dir) ?? 0), 0);
  return { builds, tests: tasks.length - builds, seconds };
}

function totalOf(works: readonly Work[]): Work {
  return works.reduce(
    (sum, { builds, tests, seconds }) => ({
      builds: sum.builds + builds,
      tests: sum.tests + tests,
      seconds: sum.seconds + seconds,
    }),
    { builds: 0, tests: 0, seconds: 0 },
  );
}

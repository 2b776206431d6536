import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BuildLog } from '../../go/process/build-events.js';
import { loadClosures, type Closures } from '../../go/listing/closures.js';
import type { SourcesRequest } from '../../go/listing/compiled-sources.js';
import { guard } from '../../go/process/interruption.js';
import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import { counted } from '../../counted.js';
import { compileKey, hasTrimpath } from '../batch/compile-key.js';
import { groupTasks, type TaskGroup } from '../batch/group-tasks.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import { blame } from '../batch/blame.js';
import { hasFlag, splitWords } from '../../go/configuration/words.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import { actionsFlag } from '../flags/actions.js';
import type { GoSession } from '../task/session.js';
import type { ReadyTask, Report } from '../task/task.js';
import type { VetExecutorOptions } from './schema.js';
import { parseVetOutput, type VetBlock } from './vet-report.js';
import { VetRun, type Vetted } from './vet-run.js';

type VetTask = ReadyTask<VetExecutorOptions>;
type Group = TaskGroup<VetExecutorOptions>;

/** Checks packages: one `go vet` for all that agree in directory, environment and flags. */
export const vetTasks: PlanTasks<VetExecutorOptions> = async (tasks, session, report) => {
  const groups = groupTasks(tasks.map((task) => ({ task, flags: vetFlags(task.options) })));
  return Promise.all(
    groups.map(async (group): Promise<Job> => ({
      tasks: group.tasks,
      compiles: compileKey(group, group.tasks[0]?.options ?? {}, await trimsPaths(group, session)),
      run: () => vetGroup(group, session, report),
    })),
  );
};

async function trimsPaths({ tasks: [first] }: Group, session: GoSession): Promise<boolean> {
  return first !== undefined && hasTrimpath(await session.goflags(first));
}

/** The flags of `go vet` for a target. */
export function vetFlags(options: VetExecutorOptions): string[] {
  const { verbose, vettool } = options;
  return [
    ...(verbose ? ['-v'] : []),
    ...buildConfigurationFlags(options),
    ...(vettool ? [`-vettool=${vettool}`] : []),
    ...splitWords(options.args),
  ];
}

async function vetGroup(group: Group, session: GoSession, report: Report): Promise<void> {
  const go = await session.go();
  const patterns = group.tasks.flatMap((task) => task.packages.map(({ pattern }) => pattern));
  const name = `go vet: ${counted(patterns.length, 'package')}`;
  const { output, failed } = await session.activity.during(name, () => vet(group, patterns, session));
  const shown = (text: string): string => pathsFromWorkspaceRoot(text, group.cwd, session.workspaceRoot);
  if (!failed || group.tasks.length === 1) {
    const sole = group.tasks.length === 1;
    if (!sole && output !== '') process.stderr.write(shown(output));
    for (const task of group.tasks) report(task.id, { success: !failed, text: sole ? shown(output) : '' });
    return;
  }
  const where = { cwd: group.cwd, env: group.env };
  const closures = await loadClosures(go, patterns, listingFlags(group), true, where);
  const again = settle(group, parseVetOutput(output, group.cwd), closures, { whole: output, shown, report });
  if (again.rest.length > 0) await vetGroup({ ...group, tasks: again.rest }, session, report);
  for (const task of again.alone) await vetGroup({ ...group, tasks: [task] }, session, report);
}

/** Runs go, and again for packages of which it told nothing. */
async function vet(group: Group, patterns: readonly string[], session: GoSession): Promise<Vetted> {
  const where = { cwd: group.cwd, env: group.env };
  const request = { patterns, flags: listingFlags(group), tests: true, vet: checking(group), where };
  const warmed = await session.warmed(request);
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-vet-'));
  const release = guard({ abandon: () => rmSync(folder, { recursive: true, force: true }) });
  try {
    const run = new VetRun(await session.go(), group, await actionsFlag(group.tasks[0], session));
    const graph = warmed.graph ?? join(folder, 'actions.json');
    const first = await run.go([`-debug-actiongraph=${graph}`], patterns);
    warmed.stop();
    const again = await run.unseen(graph);
    const second = again && (await run.go(again.flags, again.importPaths));
    // Another tool may not know the flag that has go ask it again.
    if (!second || /flag provided but not defined: -source/.test(second.output)) return first;
    return { output: first.output + second.output, failed: first.failed || second.failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    release();
  }
}

/** Only flags that choose files: go list does not know those of vet's checks. */
function listingFlags({ tasks: [first] }: Group): string[] {
  return first ? buildConfigurationFlags(first.options) : [];
}

/** What is kept of what the tool finds out; another tool may keep anything. */
function checking({ tasks: [first], flags }: Group): SourcesRequest['vet'] {
  return first?.options.vettool === undefined && !hasFlag(flags, /^vettool$/) ? ['vet', ...flags] : undefined;
}

interface Said {
  readonly whole: string;
  readonly shown: (text: string) => string;
  readonly report: Report;
}

/** Reports what is settled; returns what is to be checked again, because a load error keeps go from checking any. */
function settle(
  group: Group,
  blocks: readonly VetBlock[],
  closures: Closures | undefined,
  { whole, shown, report }: Said,
): { rest: VetTask[]; alone: VetTask[] } {
  const verdicts = group.tasks.map((task) => ({ task, ...verdict(task, blocks, closures) }));
  if (!verdicts.some(({ guilty }) => guilty)) {
    for (const { task } of verdicts) report(task.id, { success: false, text: shown(whole) });
    return { rest: [], alone: [] };
  }
  const aborted = verdicts.some(({ unloadable }) => unloadable);
  const again = { rest: [] as VetTask[], alone: [] as VetTask[] };
  for (const { task, guilty, foreign, unloadable, text } of verdicts) {
    if (unloadable && foreign) again.alone.push(task);
    else if (aborted && !unloadable) again.rest.push(task);
    else report(task.id, { success: !guilty, text: guilty ? shown(text) : '' });
  }
  return again;
}

function verdict(
  task: VetTask,
  blocks: readonly VetBlock[],
  closures: Closures | undefined,
): { guilty: boolean; unloadable: boolean; foreign: boolean; text: string } {
  const dirs = new Set(task.packages.map(({ dir }) => dir));
  const closure = new Set(task.packages.flatMap(({ importPath }) => [...(closures?.of(importPath) ?? [])]));
  const load = closures && blame(task, new BuildLog(), closures);
  // Vet says the same of it, and nothing of any package's code.
  if (load?.guilty) return { guilty: true, unloadable: true, foreign: load.foreign, text: load.text };
  const mine = blocks.filter(
    ({ dir, importPath, compileError }) =>
      (dir !== undefined && dirs.has(dir)) || (compileError && importPath !== undefined && closure.has(importPath)),
  );
  const text = mine.map((block) => block.text).join('');
  return { guilty: mine.length > 0, unloadable: false, foreign: false, text };
}

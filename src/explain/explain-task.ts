import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { taskState } from '../doctor/tasks.js';
import { cacheFolder } from '../nx/cache-folders.js';
import { causesOf } from './causes/causes.js';
import { changedLine } from './causes/changed-line.js';
import type { Cause, FileCause, FileSetCause, ValueCause } from './causes/cause.js';
import { moduleRequirers } from './causes/module-requirers.js';
import type { Answer, Explanation, RecordedRun } from './explanation.js';
import type { TaskPackages, WorkspacePackages } from './packages/workspace-packages.js';
import { PartRecorder } from './parts/record-parts.js';
import type { RecordedPart } from './parts/recorded-part.js';
import { partsOf, type RunRecord, type TaskRecord } from './runs/run-record.js';
import { taskName, type TaskName, type WorkspaceTasks } from './workspace-tasks.js';

/** A recorded task with the commit of its run. */
type Recorded = TaskRecord & Pick<RunRecord, 'commit'>;

/** What is there to explain tasks with. */
export interface ExplainContext {
  readonly tasks: WorkspaceTasks;
  readonly packages: WorkspacePackages;
  /** Oldest first. */
  readonly runs: readonly RunRecord[];
}

/**
 * Explains tasks: why each would run now, and why it ran last.
 *
 * @param since picks the record to compare with, by its hash or commit, or their beginnings; the newest by default.
 * @throws Error when no record is meant by `since`.
 */
export async function explainTasks(
  names: readonly TaskName[],
  context: ExplainContext,
  since?: string,
): Promise<Explanation[]> {
  const hashes = await context.tasks.hashes(names);
  const recorder = new PartRecorder(context.tasks.root, context.tasks.graph, partsOf(context.runs));
  return Promise.all(
    [...hashes].map(async ([id, { hash, parts }]) =>
      explainTask(id, { hash, parts: await recorder.all(parts) }, context, since),
    ),
  );
}

async function explainTask(
  id: string,
  now: { readonly hash: string; readonly parts: readonly RecordedPart[] },
  context: ExplainContext,
  since: string | undefined,
): Promise<Explanation> {
  const name = taskName(id, context.tasks.graph) as TaskName;
  const records = recordsOf(id, context.runs);
  const last = since === undefined ? records.at(-1) : recordSince(id, records, since);
  const packages = await context.packages.of(name, context.tasks.graph);
  const answer = await answerNow(name, now, last, context, packages);
  const before = last && records[records.indexOf(last) - 1];
  if (!last) return { task: id, hash: now.hash, now: answer };
  const why = await answerOf(last.hash, last.parts, before, context.tasks.root, packages);
  return { task: id, hash: now.hash, now: answer, last: { ...why, run: recordedRun(last) } };
}

function recordsOf(id: string, runs: readonly RunRecord[]): Recorded[] {
  return runs.flatMap(({ commit, tasks }) =>
    tasks.filter(({ task }) => task === id).map((record) => ({ ...record, commit })),
  );
}

function recordSince(id: string, records: readonly Recorded[], since: string): Recorded {
  const found = records.findLast(({ hash, commit }) => hash.startsWith(since) || commit.startsWith(since));
  if (found) return found;
  const recorded = records.map(({ hash, commit }) => `${hash}${commit ? ` at commit ${commit.slice(0, 12)}` : ''}`);
  throw new Error(
    `No run of ${id} with hash or commit ${since} is recorded. ${
      recorded.length ? `Recorded are ${[...new Set(recorded)].join(', ')}.` : 'None is recorded.'
    }`,
  );
}

async function answerNow(
  name: TaskName,
  now: { readonly hash: string; readonly parts: readonly RecordedPart[] },
  last: Recorded | undefined,
  context: ExplainContext,
  packages: TaskPackages | undefined,
): Promise<Answer> {
  const target = context.tasks.target(name);
  const state = target && taskState(target);
  if (state && !state.cached)
    return {
      verdict: 'not-cacheable',
      causes: [],
      reasons: state.reasons,
      ...(last ? { since: recordedRun(last) } : {}),
    };
  const answer = await answerOf(now.hash, now.parts, last, context.tasks.root, packages);
  // Nx keeps each result in a folder by its hash.
  return existsSync(join(cacheFolder(), now.hash)) ? { ...answer, verdict: 'cached' } : answer;
}

/** Why what had a hash ran, after what was recorded before. */
async function answerOf(
  hash: string,
  parts: readonly RecordedPart[],
  before: Recorded | undefined,
  root: string,
  packages: TaskPackages | undefined,
): Promise<Answer> {
  if (!before) return { verdict: 'first', causes: [], reasons: [] };
  const since = recordedRun(before);
  if (before.hash === hash) return { verdict: before.success ? 'not-kept' : 'failed', causes: [], reasons: [], since };
  const causes = await causesOf(root, before.parts, parts);
  const told: Cause[] = causes.length > 0 ? causes : [{ kind: 'arguments', name: 'the command line' }];
  const detailed = told.map(async (cause) => {
    if (cause.kind === 'file') return withDetails(cause, before, root, packages);
    if (cause.kind === 'package') return withChain(cause, packages);
    return cause.kind === 'module' && packages ? withRequirers(cause, root, packages) : cause;
  });
  return { verdict: 'changed', causes: await Promise.all(detailed), reasons: [], since };
}

/** How the task comes to a file, and where it changed. */
async function withDetails(
  cause: FileCause,
  before: Recorded,
  root: string,
  packages: TaskPackages | undefined,
): Promise<FileCause> {
  const chain = packages?.chainTo(cause.path);
  const digest = before.parts.flatMap(({ files }) => files?.get(cause.path) ?? []).at(0);
  const place = cause.change === 'changed' && digest ? await changedLine(root, cause.path, digest) : undefined;
  return { ...cause, ...(chain ? { chain } : {}), ...place };
}

function withChain(cause: FileSetCause, packages: TaskPackages | undefined): FileSetCause {
  const chain = cause.change === 'added' ? packages?.chainTo(`${cause.path}/x`) : undefined;
  return chain ? { ...cause, chain } : cause;
}

/** Whose go.mod asks for the module's new version. */
async function withRequirers(cause: ValueCause, root: string, { group }: TaskPackages): Promise<ValueCause> {
  const version = cause.to?.replace(/=>.*$/, '');
  const requiredBy = version ? await moduleRequirers(root, group, cause.name, version) : [];
  return requiredBy.length > 0 ? { ...cause, requiredBy } : cause;
}

function recordedRun({ start, end, hash, commit }: Recorded): RecordedRun {
  return { time: start, hash, commit, milliseconds: end - start };
}

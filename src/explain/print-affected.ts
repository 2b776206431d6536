import type { Affected, AffectedTask } from './explain-affected.js';
import type { FileHolder } from './explain-file.js';
import { counted } from '../counted.js';
import { markdownCode, withinLength } from './markdown.js';
import { causeLine, causeLines, wayText } from './print.js';

/** Most files that are listed of a task. */
const MOST = 5;

/** The tasks that `nx affected` selects as text for a terminal. */
export function printedAffected({ base, changed, tasks }: Affected): string {
  const head = `${counted(changed.length, 'file')} changed since ${base}; nx affected selects ${counted(tasks.length, 'Go task')}.`;
  return [head, ...tasks.flatMap((task) => ['', `${task.task}${expectation(task)}`, ...reasons(task)])].join('\n');
}

/** As {@link printedAffected}, as a comment in Markdown for a pull request. */
export function markdownAffected({ base, changed, tasks }: Affected): string {
  const run = tasks.filter(({ sameHash }) => !sameHash);
  const seconds = run.map(({ milliseconds }) => milliseconds);
  const total = seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const unknown = seconds.filter((one) => one === undefined).length;
  const expected = `about ${inSeconds(total)} of work${unknown ? `, without ${counted(unknown, 'task')} of which no run is recorded` : ''}`;
  const rows = tasks.map((task) => `| ${markdownCode(task.task)} | ${cell(task)} | ${lastRun(task)} |`);
  return [
    `### Go tasks that this change reaches`,
    '',
    `${counted(changed.length, 'file')} changed since ${markdownCode(base)}: ${counted(run.length, 'task')} of ${tasks.length} run (${expected}).`,
    '',
    ...(rows.length ? ['| task | why | last run |', '| --- | --- | --- |', ...withinLength(rows)] : []),
  ].join('\n');
}

/** The tasks that hold a file as text for a terminal. */
export function printedHolders(file: string, holders: readonly FileHolder[]): string {
  if (holders.length === 0) return `No Go task holds ${file}. \`nx-gopher explain <task> --why-not ${file}\` says why.`;
  const lines = holders.map(({ task, chain }) => `  ${task}${wayText(chain)}`);
  return [`${counted(holders.length, 'Go task')} hold ${file}:`, ...lines].join('\n');
}

function expectation({ sameHash, milliseconds }: AffectedTask): string {
  if (sameHash) return ': a cache hit, its hash is that of its last run';
  return milliseconds === undefined ? '' : ` (took ${inSeconds(milliseconds)} when it ran last)`;
}

function reasons({ files, configuration, sameHash }: AffectedTask): string[] {
  if (files.length > 0) return causeLines(files, MOST);
  if (configuration.length === 0) return ['  - a task that it waits for is affected'];
  const what = sameHash
    ? 'nothing in it counts for this task'
    : 'what counts of it for this task moved, or this task has not run here';
  return configuration.slice(0, MOST).map((path) => `  - ${path}: ${what}`);
}

function cell(task: AffectedTask): string {
  const lines =
    task.files.length > 0
      ? task.files.map((cause) => markdownCode(causeLine(cause)))
      : task.configuration.map((path) => `${markdownCode(path)} (configuration)`);
  const shown = lines.slice(0, MOST);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('<br>') || 'a task that it waits for';
}

function lastRun({ sameHash, milliseconds }: AffectedTask): string {
  if (sameHash) return 'cache hit';
  return milliseconds === undefined ? 'none recorded' : inSeconds(milliseconds);
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

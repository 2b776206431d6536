import type { Cause, FileCause, FileSetCause, ValueCause } from './causes/cause.js';
import type { Answer, Explanation } from './explanation.js';

/** Most causes that are printed of a task; JSON has all. */
const MOST = 12;

/** Explanations as text for a terminal. */
export function printed(explanations: readonly Explanation[], now = Date.now()): string {
  return explanations.map((explanation) => printedOne(explanation, now).join('\n')).join('\n\n');
}

function printedOne({ task, hash, now: answer, last }: Explanation, now: number): string[] {
  const lines = [`${task} (hash ${hash})`, ...indented(verdictLines(answer, now))];
  if (!last || last.verdict === 'first') return lines;
  const { run, ...why } = last;
  return [...lines, `  Its last run, ${ago(run.time, now)}:`, ...indented(indented(pastLines(why, now)))];
}

function verdictLines(answer: Answer, now: number): string[] {
  const { verdict, since, reasons } = answer;
  const when = since ? ago(since.time, now) : '';
  switch (verdict) {
    case 'cached':
      return ['Nothing to do: the cache of this machine has the result.'];
    case 'not-kept':
      return [
        `Would run: it has the hash of its last run, ${when}, but this machine’s cache no longer has the result.`,
      ];
    case 'failed':
      return [`Would run: it failed with the same hash ${when}, and failures are not cached.`];
    case 'first':
      return ['Would run, unless a remote cache has it: no run of it is recorded on this machine.'];
    case 'not-cacheable':
      return ['Runs each time:', ...points(reasons)];
    case 'changed':
      return [`Would run, unless a remote cache has it. Since its last run, ${when}:`, ...causeLines(answer.causes)];
  }
}

function pastLines({ verdict, causes, since }: Answer, now: number): string[] {
  const when = since ? ago(since.time, now) : '';
  switch (verdict) {
    case 'changed':
      return [`it ran because, since the run before, ${when}:`, ...causeLines(causes)];
    case 'failed':
      return [`it ran because it had failed with the same hash ${when}.`];
    default:
      return [`it ran with the hash of the run before, ${when}: the cache had no result, or was not asked.`];
  }
}

/** The causes as points of a list. */
export function causeLines(causes: readonly Cause[], most = MOST): string[] {
  const more = causes.length - most;
  const shown = points(causes.slice(0, most).map(causeLine));
  return more > 0 ? [...shown, `  - and ${more} more (--json has all)`] : shown;
}

/** A cause in one line. */
export function causeLine(cause: Cause): string {
  switch (cause.kind) {
    case 'file':
      return fileLine(cause);
    case 'package':
    case 'directory':
      return setLine(cause);
    case 'output':
      return `${cause.path}: the output of another task changed`;
    case 'other':
      return `${cause.part} changed`;
    default:
      return valueLine(cause);
  }
}

/** What follows the name of a file or task: the way of imports to it, where there is one. */
export function wayText(chain: readonly string[] | undefined): string {
  return chain && chain.length > 1 ? `: ${chain.join(' → ')}` : '';
}

function fileLine({ path, change, chain, line, within }: FileCause): string {
  const place = line === undefined ? path : `${path}:${line}`;
  const what = change === 'changed' ? '' : ` (${WORDS[change]})`;
  const where = within === undefined ? '' : `, in ${within}`;
  return `${place}${what}${where}${wayText(chain)}`;
}

function setLine({ kind, path, change, chain }: FileSetCause): string {
  if (kind === 'directory') return `${path}: its files ${change === 'added' ? 'count now' : 'no longer count'}`;
  return `package ${path} is ${change === 'added' ? 'part of it now' : 'no longer part of it'}${wayText(chain)}`;
}

const WORDS = {
  new: 'new',
  gone: 'deleted',
  excluded: 'now left out of the build',
  included: 'now part of the build',
} as const;

function valueLine({ kind, name, from, to, requiredBy }: ValueCause): string {
  const title = { module: 'module ', toolchain: 'Go ', compiler: 'C compiler ' }[kind as string] ?? '';
  const by = requiredBy?.length ? `, asked for by ${requiredBy.join(', ')}` : '';
  if (from === undefined && to === undefined) return `${title}${name} changed`;
  if (kind === 'module' && (from === undefined || to === undefined))
    return `${title}${name} ${from === undefined ? `${to} is new` : `${from} is gone`}${by}`;
  return `${title}${kind === 'toolchain' ? '' : `${name}: `}${shown(from)} → ${shown(to)}${by}`;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not set' : value === '' ? 'empty' : value;
}

/** How long something is ago, in the largest unit that fits. */
export function ago(time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1_000));
  const [count, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 90 * 60
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 36 * 3_600
          ? [Math.round(seconds / 3_600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

function points(texts: readonly string[]): string[] {
  return texts.map((text) => `  - ${text}`);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

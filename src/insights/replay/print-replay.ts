import { counted } from '../../counted.js';
import type { ReplayReport, Work } from './replay-report.js';

/** Commits that cost most, of which each is printed. */
const MOST = 5;

/** A replay as text for a terminal. */
export function printedReplay({ commits, all, exact, byModule, untimed, unknownModules }: ReplayReport): string {
  if (commits.length === 0) return 'There is no commit to replay: the history has one commit, or the clone is shallow.';
  const rows = [
    ['', 'builds', 'tests', ...(all.seconds > 0 ? ['seconds'] : [])],
    ['nx-gopher', ...cells(exact, all)],
    ['hashes of whole modules', ...cells(byModule, all)],
    ['everything each time', ...cells(all, all)],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const table = rows.map((row) =>
    row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('  '),
  );
  const costly = [...commits]
    .sort((a, b) => tasksOf(b.exact) - tasksOf(a.exact))
    .filter((one) => tasksOf(one.exact) > 0);
  const nothing = commits.filter(({ exact: work }) => tasksOf(work) === 0).length;
  return [
    `The last ${counted(commits.length, 'commit')}: what each would have run after the one before it.`,
    '',
    ...table,
    '',
    `${nothing} of ${counted(commits.length, 'commit')} would have run nothing${costly.length ? '; most ran' : '.'}`,
    ...costly
      .slice(0, MOST)
      .map((one) => `  ${one.commit.slice(0, 12)}  ${worded(one.exact)}, by modules ${worded(one.byModule)}`),
    ...(all.seconds > 0 && untimed > 0
      ? ['', `No run is recorded of ${counted(untimed, 'task')}: their seconds are missing.`]
      : []),
    ...(unknownModules.length ? ['', ...unknownLines(unknownModules)] : []),
  ].join('\n');
}

function cells({ builds, tests, seconds }: Work, all: Work): string[] {
  return [String(builds), String(tests), ...(all.seconds > 0 ? [seconds.toFixed(0)] : [])];
}

function tasksOf({ builds, tests }: Work): number {
  return builds + tests;
}

function worded({ builds, tests }: Work): string {
  return `${counted(builds, 'build')} and ${counted(tests, 'test')}`;
}

function unknownLines(modules: readonly string[]): string[] {
  const shown = modules.slice(0, MOST).join(', ');
  const more = modules.length > MOST ? ` and ${modules.length - MOST} more` : '';
  return [
    `Not downloaded: ${shown}${more}. What these import is not known, so a change of any module's version counts for all`,
    'that import them. `go mod download` at an older commit brings them.',
  ];
}

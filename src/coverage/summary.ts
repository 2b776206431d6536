import { minimatch } from 'minimatch';

import { nearestDir } from '../paths.js';
import type { ChangedLines } from './changed-lines.js';
import type { CoveredFiles } from './lcov.js';
import { lineCounts, percentOf, statementsOf, type Statements } from './profile.js';

/** What tests run of a project. */
export interface ProjectCoverage {
  /** From the workspace's root. */
  readonly root: string;
  readonly statements: Statements;
  /** In percent, where something is asked. */
  readonly minimum: number | undefined;
}

/** What is asked of projects: of all the same, or by globs of their roots, of which the last that matches counts. */
export type Minimum = number | Readonly<Record<string, number>>;

/**
 * What tests run of each project, in the order of their roots.
 *
 * @param asked what is asked of the project in a directory.
 */
export function byProject(
  files: CoveredFiles,
  roots: ReadonlySet<string>,
  asked: (root: string) => number | undefined,
): ProjectCoverage[] {
  const counted = new Map<string, Statements>();
  for (const [file, blocks] of files) {
    const root = nearestDir(file, (dir) => roots.has(dir)) ?? '.';
    const { covered, all } = counted.get(root) ?? { covered: 0, all: 0 };
    const more = statementsOf(blocks);
    counted.set(root, { covered: covered + more.covered, all: all + more.all });
  }
  return [...counted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([root, statements]) => ({ root, statements, minimum: asked(root) }));
}

/** What is asked of the project in a directory, in percent; undefined for nothing. */
export function minimumOf(root: string, minimum: Minimum | undefined): number | undefined {
  if (typeof minimum !== 'object') return minimum;
  return Object.entries(minimum).findLast(([glob]) => matches(root, glob))?.[1];
}

/** The globs that no project's directory matches. */
export function unmatched(minimum: Minimum | undefined, roots: ReadonlySet<string>): string[] {
  if (typeof minimum !== 'object') return [];
  return Object.keys(minimum).filter((glob) => ![...roots].some((root) => matches(root, glob)));
}

function matches(root: string, glob: string): boolean {
  // To `**` the directory `.` is hidden.
  return minimatch(root, glob, { dot: true }) || (root === '.' && minimatch('', glob));
}

/** The changed lines that hold statements. */
export interface ChangedCoverage {
  readonly lines: Statements;
  /** By file: those that no test runs. */
  readonly missed: ReadonlyMap<string, readonly number[]>;
}

/** What tests run of the lines that have changed. */
export function ofChanged(files: CoveredFiles, changed: ChangedLines): ChangedCoverage {
  const missed = new Map<string, number[]>();
  let [covered, all] = [0, 0];
  for (const [file, blocks] of files) {
    const lines = changed.get(file);
    if (lines === undefined) continue;
    const counts = [...lineCounts(blocks)].filter(([line]) => lines === 'all' || lines.has(line));
    const without = counts.filter(([, count]) => count === 0).map(([line]) => line);
    all += counts.length;
    covered += counts.length - without.length;
    if (without.length > 0) missed.set(file, without);
  }
  return { lines: { covered, all }, missed };
}

/** A table for the terminal: a line for each project, and one for all. What lacks is marked. */
export function table(projects: readonly ProjectCoverage[]): string {
  const sum = (name: keyof Statements): number => projects.reduce((all, { statements }) => all + statements[name], 0);
  const total = { root: 'all', statements: { covered: sum('covered'), all: sum('all') }, minimum: undefined };
  const rows = [...projects, total].map(({ root, statements, minimum }) => [
    root,
    `${statements.covered}/${statements.all}`,
    `${percentOf(statements).toFixed(1)} %`,
    minimum === undefined ? '' : `${isBelow(statements, minimum) ? 'lacks' : 'has'} ${minimum} %`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const cells = ([root = '', ran = '', percent = '', verdict = '']: readonly string[]): string[] => [
    ...[root.padEnd(widths[0] ?? 0), ran.padStart(widths[1] ?? 0)],
    ...[percent.padStart(widths[2] ?? 0), verdict],
  ];
  return rows.map((row) => `${cells(row).join('  ').trimEnd()}\n`).join('');
}

/** Whether less ran than is asked, as far as the table shows it. */
export function isBelow(statements: Statements, minimum: number): boolean {
  return Number(percentOf(statements).toFixed(1)) < minimum;
}

/** Numbers of lines in short: `3-5, 8`. */
export function ranges(lines: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const line of lines) {
    const last = spans.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else spans.push([line, line]);
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

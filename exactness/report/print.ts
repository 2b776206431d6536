import { isFault, type Report, type StepRecord, type Totals } from './record.js';

const COLUMNS = [
  'mutations',
  'pairs',
  'stale',
  'missed',
  'unselected',
  'unequal',
  'needless',
  'inVain',
  'unexplained',
] as const;
const HEADS = ['mutations', 'pairs', 'stale', 'missed', 'unselected', 'unequal', 'needless', 'in vain', 'unexplained'];

/** The report's table: a line for each kind of mutation, and one for all. */
export function table({ kinds, totals }: Report): string {
  const rows = [...Object.entries(kinds), ['all', totals] as const].map(([kind, counts]) => [kind, ...cells(counts)]);
  const tableRows = [['kind', ...HEADS], ...rows];
  const widths = tableRows[0]?.map((_, column) => Math.max(...tableRows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = tableRows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const share = (pairs: number): string => ((100 * pairs) / Math.max(1, totals.pairs)).toFixed(2);
  const built = totals.needless - totals.needlessHits;
  const shares = `needless: ${share(totals.needless)} % of all pairs, ${share(built)} % built (the others: earlier results)`;
  return [...lines, '', shares].join('\n');
}

/** What the totals come to, in a sentence or two. */
export function conclusion({ totals, seconds }: Report): string {
  const { mutations, pairs, stale, missed, unequal, unexplained } = totals;
  const compared = `${mutations} mutations, ${pairs} comparisons of a task before and after one, ${seconds} s`;
  if (stale + missed + unequal + unexplained === 0) {
    return `NOTHING STALE, MISSED OR UNEQUAL (${compared}): whenever what go builds moved, so did the hash, and \`nx affected\` selected it.`;
  }
  return [
    `FAULTS (${compared}):`,
    ...(stale
      ? [`  ${stale} stale: go builds something else, and the hash is the same, so a cached result would be wrong`]
      : []),
    ...(missed ? [`  ${missed} missed: \`nx affected\` does not select what moved`] : []),
    ...(unequal ? [`  ${unequal} unequal: a machine without data of earlier runs computes another hash`] : []),
    ...(unexplained ? [`  ${unexplained} unexplained: \`nx-gopher explain\` does not name what moved the hash`] : []),
  ].join('\n');
}

function cells(counts: Totals): string[] {
  return COLUMNS.map((column) => String(counts[column]));
}

/** A fault, with all that is needed to see it again. */
export function fault(record: StepRecord, command: string): string {
  const { subject, epoch, step, kind, files, settings, parts } = record;
  const tasks = (['stale', 'missed', 'unequal'] as const).flatMap((verdict) =>
    record[verdict].map(
      (task) => `  ${verdict.toUpperCase()} ${task}: ${parts?.[task]?.join(', ') || 'no part moved'}`,
    ),
  );
  const unexplained = Object.entries(record.unexplained ?? {}).map(
    ([task, problem]) => `  UNEXPLAINED ${task}: ${problem}`,
  );
  return [
    `${subject}, epoch ${epoch}, step ${step}: ${kind}`,
    ...(files.length ? [`  changed: ${files.join(' ')}`] : []),
    ...(settings ? [`  settings: ${JSON.stringify(settings)}`] : []),
    ...tasks,
    ...unexplained,
    `  again: ${command}`,
  ].join('\n');
}

/** One line about a finished epoch. */
export function epochLine(
  subject: string,
  epoch: number,
  steps: readonly StepRecord[],
  done: number,
  all: number,
): string {
  const seconds = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const faults = steps.filter(isFault).length;
  const pace = (seconds / Math.max(1, steps.length)).toFixed(1);
  return `${done}/${all} mutations; ${subject}, epoch ${epoch}: ${pace} s each${faults ? `, ${faults} WITH FAULTS` : ''}`;
}

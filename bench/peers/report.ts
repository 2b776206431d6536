import type { Score } from './score.js';

/** One edit: how many results it alters, and what each plugin made of it. */
export interface Row {
  readonly name: string;
  readonly altered: number;
  readonly scores: readonly Score[];
}

/** The comparison as a Markdown table, with the totals in its last line. */
export function table(titles: readonly string[], rows: readonly Row[], totals: readonly Score[]): string {
  const altered = rows.reduce((total, row) => total + row.altered, 0);
  const head = ['edit', 'altered', ...titles];
  const lines = [
    head,
    head.map((_, index) => (index === 1 ? '--:' : '---')),
    ...rows.map((row) => [row.name, String(row.altered), ...row.scores.map(words)]),
    ['**all**', `**${altered}**`, ...totals.map((total) => `**${words(total)}**`)],
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function words(score: Score): string {
  const parts = [
    [score.stale, 'stale'],
    [score.missed, 'missed'],
    [score.inVain, 'in vain'],
    [score.absent, 'without a task'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`)
      .join(', ') || 'exact'
  );
}

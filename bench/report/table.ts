import type { Comparison } from '../timing/interleave.js';
import type { Spread } from '../timing/statistics.js';
import type { PartResult } from './result.js';

/** The results as Markdown: one table of times, one of ratios; median, and in parentheses the least and the most. */
export function tables(results: readonly PartResult[]): string {
  const times = results.flatMap(({ title, seconds }) =>
    Object.entries(seconds).map(([name, spread]) => [title, name, `${shown(spread, 2)} s`]),
  );
  const amounts = results.flatMap(({ title, amounts: all = [] }) =>
    all.map(({ name, value, unit: of, atMost }) => [
      ...[title, name, `${value.toFixed(1)} ${of}`],
      ...(atMost === undefined ? ['', ''] : [`${atMost} ${of}`, value <= atMost ? 'kept' : 'not kept']),
    ]),
  );
  const ratios = results.flatMap(({ title, ratios }) =>
    ratios.map(({ ratio, atMost, kept, ...compared }) => [
      title,
      formula(compared),
      shown(ratio, 2) + unit(compared),
      atMost === undefined ? '' : atMost + unit(compared),
      kept === undefined ? '' : kept ? 'kept' : 'not kept',
    ]),
  );
  return [
    ...markdown(['what', 'who', 'time'], times),
    '',
    ...markdown(['what', 'ratio', 'median', 'at most', ''], [...ratios, ...amounts]),
  ].join('\n');
}

function formula({ subject, reference, less }: Comparison): string {
  const time = less === undefined ? subject : `${subject} − ${less}`;
  if (reference === undefined) return time;
  return less === undefined ? `${time} / ${reference}` : `(${time}) / ${reference}`;
}

function unit({ reference }: Comparison): string {
  return reference === undefined ? ' s' : '';
}

function shown({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

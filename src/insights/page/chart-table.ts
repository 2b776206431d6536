import type { Chart, Stack, Table } from './content.js';

/** The table that tells what a chart shows: for those who cannot see it, and to look up a value. */
export function chartTable(chart: Chart): Table {
  const { title } = chart;
  const head = { kind: 'table', title, none: 'There is nothing to draw.' } as const;
  if (chart.kind === 'stack') return { ...head, ...stackTable(chart) };
  if (chart.kind === 'timeline') {
    const times = ['Start', 'Time', 'Waited before'].map((time) => ({ title: time, unit: 'milliseconds' as const }));
    return {
      ...head,
      columns: [{ title: 'Step', unit: 'text' }, { title: 'Kind', unit: 'text' }, ...times],
      rows: chart.steps.map(({ name, series, from, milliseconds, waited }) => [
        name,
        series,
        from,
        milliseconds,
        waited,
      ]),
    };
  }
  const parts = chart.kind === 'bars' ? chart.bars : chart.parts;
  return {
    ...head,
    columns: [
      { title: 'Name', unit: 'text' },
      { title: 'Kind', unit: 'text' },
      { title: 'Value', unit: chart.unit },
    ],
    rows: parts.map(({ name, value, series }) => [name, series ?? null, value]),
  };
}

function stackTable({ along, points, series, unit }: Stack): Pick<Table, 'columns' | 'rows'> {
  return {
    columns: [along, ...series.map(({ name }) => ({ title: name, unit }))],
    rows: points.map((point, index) => [point, ...series.map(({ values }) => values[index] ?? null)]),
  };
}

/** The names of what a chart tells apart by colour, in the order in which they come first. */
export function seriesOf(chart: Chart): string[] {
  if (chart.kind === 'stack') return chart.series.map(({ name }) => name);
  const items = chart.kind === 'timeline' ? chart.steps : chart.kind === 'bars' ? chart.bars : chart.parts;
  return [...new Set(items.flatMap(({ series }) => series ?? []))];
}

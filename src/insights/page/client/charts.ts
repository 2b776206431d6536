import { areaY, axisX, barX, barY, plot, rect, ruleX, text, type PlotOptions } from '@observablehq/plot';
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';

import { seriesOf } from '../chart-table.js';
import type { Bars, Chart, Stack, Timeline, Treemap, Unit } from '../content.js';
import { formatted } from '../format.js';

/** Letters of about so many pixels. */
const LETTER = 7.5;
const LINE = 22;

/** Draws a chart, so wide. It holds text and shapes only, all colours are variables of the page's style sheet. */
export function drawn(chart: Chart, width: number): SVGElement | HTMLElement {
  const series = seriesOf(chart);
  const color = { domain: series, range: series.map((_, index) => seriesColor(index)) };
  const shared: PlotOptions = { width, color, style: { background: 'none', fontSize: '12px' } };
  if (chart.kind === 'timeline') return plot({ ...shared, ...timeline(chart, width) });
  if (chart.kind === 'bars') return plot({ ...shared, ...bars(chart, width) });
  if (chart.kind === 'treemap') return plot({ ...shared, ...areas(chart, width) });
  return plot({ ...shared, ...stack(chart, width) });
}

/** The colour of a series by its place; after the last one they begin again. */
export function seriesColor(index: number): string {
  return `var(--series-${(index % 8) + 1})`;
}

function ticks(unit: Unit): (value: number) => string {
  return (value) => formatted(value, unit);
}

/** As much of a name's end as fits: the end tells packages apart. */
function fitted(name: string, pixels: number): string {
  const letters = Math.max(3, Math.floor(pixels / LETTER));
  const points = [...name.replace(/\s+/g, ' ')];
  return points.length <= letters ? points.join('') : `…${points.slice(1 - letters).join('')}`;
}

/** Room for names, at the left. */
function margin(names: readonly string[], width: number): number {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
  return Math.min(longest * LETTER + 12, Math.round(width * 0.4));
}

function timeline({ steps, milliseconds }: Timeline, width: number): PlotOptions {
  const marginLeft = margin(
    steps.map(({ name }) => name),
    width,
  );
  const rows = steps.map((step, index) => ({
    ...{ index, series: step.series, start: step.from, waiting: step.from - step.waited },
    end: step.from + step.milliseconds,
    label: `${step.name}: ${formatted(step.milliseconds, 'milliseconds')} from ${formatted(step.from, 'milliseconds')} on`,
  }));
  return {
    ...{ height: steps.length * LINE + 50, marginLeft, marginTop: 30 },
    x: { domain: [0, milliseconds] },
    y: {
      ...{ domain: rows.map(({ index }) => index), label: null, tickSize: 0, padding: 0.2 },
      tickFormat: (index: number) => fitted(steps[index]?.name ?? '', marginLeft - 12),
    },
    marks: [
      axisX({
        anchor: 'top',
        label: null,
        tickFormat: ticks('milliseconds'),
        ticks: Math.max(2, Math.floor(width / 120)),
      }),
      barX(rows, { y: 'index', x1: 'waiting', x2: 'start', fill: 'var(--faint)' }),
      barX(rows, { y: 'index', x1: 'start', x2: 'end', fill: 'series', title: 'label', tip: true }),
      ruleX([0]),
    ],
  };
}

function bars(chart: Bars, width: number): PlotOptions {
  const marginLeft = margin(
    chart.bars.map(({ name }) => name),
    width,
  );
  const rows = chart.bars.map(({ name, value, series }, index) => {
    const label = formatted(value, chart.unit);
    return { index, value, series, label, title: `${name}: ${label}` };
  });
  return {
    ...{ height: rows.length * LINE + 20, marginLeft, marginRight: 70, marginTop: 5, marginBottom: 5 },
    x: { axis: null },
    y: {
      ...{ domain: rows.map(({ index }) => index), label: null, tickSize: 0, padding: 0.2 },
      tickFormat: (index: number) => fitted(chart.bars[index]?.name ?? '', marginLeft - 12),
    },
    marks: [
      barX(rows, {
        ...{ y: 'index', x: 'value', title: 'title', tip: true },
        fill: rows.some(({ series }) => series !== undefined) ? 'series' : seriesColor(0),
      }),
      text(rows, { y: 'index', x: 'value', text: 'label', textAnchor: 'start', dx: 4 }),
      ruleX([0]),
    ],
  };
}

interface Box {
  readonly name: string;
  readonly value: number;
  readonly series: string;
}

function areas({ parts, unit }: Treemap, width: number): PlotOptions {
  const height = Math.round(Math.min(520, Math.max(300, width * 0.55)));
  const root = hierarchy<{ readonly children?: readonly Box[] } & Partial<Box>>(
    { children: parts },
    (node) => node.children,
  )
    .sum(({ value }) => Math.max(0, value ?? 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const boxes = treemap<typeof root.data>()
    .tile(treemapSquarify)
    .size([width, height])
    .padding(1)(root)
    .leaves()
    .filter(({ data }) => data.name !== undefined)
    .map(({ x0, x1, y0, y1, data }) => {
      const { name = '', series, value = 0 } = data;
      const roomy = x1 - x0 > 40 && y1 - y0 > 18;
      const label = `${name}: ${formatted(value, unit)}`;
      return { x0, x1, y0, y1, series, label, name: roomy ? fitted(name, x1 - x0 - 8) : '', x: x0 + 4, y: y0 + 12 };
    });
  return {
    ...{ height, margin: 0, axis: null },
    x: { domain: [0, width], range: [0, width] },
    y: { domain: [0, height], range: [0, height] },
    marks: [
      rect(boxes, { x1: 'x0', x2: 'x1', y1: 'y0', y2: 'y1', fill: 'series', title: 'label', tip: true }),
      text(boxes, { x: 'x', y: 'y', text: 'name', textAnchor: 'start', fill: 'var(--on-series)' }),
    ],
  };
}

function stack({ points, series, unit, along }: Stack, width: number): PlotOptions {
  const labels = Math.max(1, Math.floor(width / 110));
  const rows = series.flatMap(({ name, values }) =>
    points.map((point, index) => {
      const value = values[index] ?? 0;
      const at = along.unit === 'time' ? index : point;
      return { at, value, name, label: `${name}, ${formatted(point, along.unit)}: ${formatted(value, unit)}` };
    }),
  );
  const channels = { x: 'at', y: 'value', fill: 'name', title: 'label', tip: true } as const;
  const marks = along.unit === 'time' ? [barY(rows, channels)] : [areaY(rows, { ...channels, curve: 'step-after' })];
  return {
    ...{ height: 260, marginLeft: 60 },
    x: {
      ...{ label: null },
      // Runs are as far from each other as any other two, however much time lies between them.
      ...(along.unit === 'time'
        ? {
            tickFormat: (index: number) => (index % Math.ceil(points.length / labels) ? '' : day(points[index])),
            tickSize: 0,
          }
        : { tickFormat: ticks(along.unit), ticks: labels }),
    },
    y: { label: null, tickFormat: ticks(unit), grid: true },
    marks,
  };
}

function day(time: number | undefined): string {
  return formatted(time ?? null, 'time').slice(0, 10);
}

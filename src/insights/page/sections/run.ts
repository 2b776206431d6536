import type { RunInsight, Span } from '../../report.js';
import type { Part, Section } from '../content.js';

/** What the last run spent its time on. */
export function runSection(run: RunInsight): Pick<Section, 'figures' | 'parts'> {
  const { milliseconds, cores, tasks, start, busy } = run;
  const worked = Object.values(busy).reduce((sum, time) => sum + time, 0);
  const idle = Math.max(0, cores * milliseconds - worked);
  const share = (time: number): number => (100 * time) / Math.max(1, cores * milliseconds);
  return {
    figures: [
      { label: 'Started (UTC)', value: start, unit: 'time' },
      { label: 'Took', value: milliseconds, unit: 'milliseconds' },
      { label: 'Tasks', value: tasks, unit: 'count' },
      { label: 'Cores', value: cores, unit: 'count' },
      { label: 'Linker, of the time of all cores', value: share(busy.link ?? 0), unit: 'percent' },
      { label: 'Idle, of the time of all cores', value: share(idle), unit: 'percent' },
    ],
    parts: [path(run), lanes(run), onCores(run), longest(run.longest)],
  };
}

function path({ path: steps, milliseconds }: RunInsight): Part {
  return {
    ...{ kind: 'timeline', title: 'Critical path: the steps that decided when the run ended', milliseconds },
    steps: steps.map(({ kind, waited = 0, ...step }) => ({ ...step, series: kind, waited })),
  };
}

function lanes({ lanes: all, milliseconds }: RunInsight): Part {
  const series = Object.entries(all).map(([name, values]) => ({ name, values }));
  const parts = Math.max(0, ...series.map(({ values }) => values.length));
  return {
    ...{ kind: 'stack', title: 'Steps side by side', unit: 'count', series },
    along: { title: 'Time from the start', unit: 'milliseconds' },
    points: Array.from({ length: parts }, (_, index) => Math.round((index * milliseconds) / parts)),
  };
}

function onCores({ onCores: times }: RunInsight): Part {
  return {
    ...{ kind: 'bars', title: 'The same steps on more cores', unit: 'milliseconds' },
    bars: times.map(({ cores, milliseconds }) => ({
      name: cores === null ? 'as many as it can use' : `${cores} cores`,
      value: milliseconds,
    })),
  };
}

function longest(spans: readonly Span[]): Part {
  return {
    ...{ kind: 'table', title: 'Longest steps', none: 'Go had nothing to do.' },
    columns: [
      { title: 'Step', unit: 'text' },
      { title: 'Kind', unit: 'text' },
      { title: 'Time', unit: 'milliseconds' },
      { title: 'Began after', unit: 'milliseconds' },
    ],
    rows: spans.map(({ name, kind, milliseconds, from }) => [name, kind, milliseconds, from]),
  };
}

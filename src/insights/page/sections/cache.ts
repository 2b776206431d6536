import type { CacheInsight } from '../../report.js';
import type { Section } from '../content.js';

const PLACES = { local: 'local hit', remote: 'remote hit', missed: 'ran' } as const;

/** Where results came from, and why they did not. */
export function cacheSection({ runs, saved, causes, uncached }: CacheInsight): Pick<Section, 'figures' | 'parts'> {
  const count = (place: keyof typeof PLACES): number => runs.reduce((sum, run) => sum + run[place], 0);
  const hits = count('local') + count('remote');
  return {
    figures: [
      { label: 'Runs', value: runs.length, unit: 'count' },
      { label: 'Hits', value: (100 * hits) / Math.max(1, hits + count('missed')), unit: 'percent' },
      { label: 'Saved', value: saved, unit: 'milliseconds' },
    ],
    parts: [
      {
        ...{ kind: 'stack', title: 'Tasks by run', unit: 'count', along: { title: 'Run (UTC)', unit: 'time' } },
        points: runs.map(({ start }) => start),
        series: Object.entries(PLACES).map(([place, name]) => ({
          name,
          values: runs.map((run) => run[place as keyof typeof PLACES]),
        })),
      },
      {
        ...{ kind: 'bars', title: 'Why tasks ran', unit: 'count' },
        bars: causes.map(({ cause, tasks }) => ({ name: cause, value: tasks })),
      },
      {
        ...{ kind: 'table', title: 'Not cacheable', none: 'Every Go task can be cached.' },
        columns: [
          { title: 'Task', unit: 'text' },
          { title: 'Why', unit: 'text' },
        ],
        rows: uncached.map(({ task, reason }) => [task, reason]),
      },
    ],
  };
}

import type { EditInsight } from '../../report.js';
import type { Section } from '../content.js';

/** How many packages the chart names. */
const CHARTED = 15;

/** What edits of packages cost. */
export function editSection({ commits, packages }: EditInsight): Pick<Section, 'figures' | 'parts'> {
  const dearest = packages.filter(({ reruns }) => reruns > 0).slice(0, CHARTED);
  return {
    figures: [
      { label: 'Packages', value: packages.length, unit: 'count' },
      { label: 'Commits', value: commits, unit: 'count' },
    ],
    parts: [
      {
        ...{ kind: 'bars', title: 'Packages whose changes ran most tasks', unit: 'count' },
        bars: dearest.map(({ dir, reruns }) => ({ name: dir, value: reruns })),
      },
      {
        ...{ kind: 'table', title: 'Cost by package', none: 'There are no packages.' },
        columns: [
          { title: 'Package', unit: 'text' },
          { title: 'Runs of tasks', unit: 'count' },
          { title: 'Changes', unit: 'count' },
          { title: 'Builds', unit: 'count' },
          { title: 'Tests', unit: 'count' },
          { title: 'Importers', unit: 'count' },
        ],
        rows: packages.map((one) => [one.dir, one.reruns, one.changes, one.builds, one.tests, one.importers]),
      },
    ],
  };
}

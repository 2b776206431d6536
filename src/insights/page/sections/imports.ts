import type { ImportInsight } from '../../report.js';
import type { Section } from '../content.js';

/** How many imports the chart names. */
const CHARTED = 15;

/** What imports bring into programs. */
export function importSection({ imports }: ImportInsight): Pick<Section, 'figures' | 'parts'> {
  const heaviest = [...imports].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0)).slice(0, CHARTED);
  return {
    figures: [],
    parts: [
      {
        ...{ kind: 'bars', title: 'Imports that bring the most bytes', unit: 'bytes' },
        bars: heaviest.flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, value: bytes }])),
      },
      {
        ...{ kind: 'table', title: 'Heavy imports', none: 'No program imports anything from outside.' },
        columns: [
          { title: 'Module or package', unit: 'text' },
          { title: 'Version', unit: 'text' },
          { title: 'Packages', unit: 'count' },
          { title: 'Compile time', unit: 'milliseconds' },
          { title: 'Bytes', unit: 'bytes' },
          { title: 'Programs', unit: 'count' },
          { title: 'Comes in by', unit: 'text' },
        ],
        rows: imports.map((one) => [
          ...[one.name, one.version, one.packages, one.milliseconds, one.bytes ?? null, one.programs.length],
          one.lines.map(({ from, to }) => `${from} → ${to}`).join(', '),
        ]),
      },
    ],
  };
}

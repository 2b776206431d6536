import type { BinaryInsight } from '../../report.js';
import type { Part, Section } from '../content.js';

type Binary = BinaryInsight['binaries'][number];

/** How many binaries are shown by package, and of each how many packages the chart names. */
const SHOWN = { binaries: 5, packages: 150 };

/** How large binaries are, of what, and how they grow. */
export function binarySection({ binaries }: BinaryInsight): Pick<Section, 'figures' | 'parts'> {
  return {
    figures: [
      { label: 'Binaries', value: binaries.length, unit: 'count' },
      { label: 'Together', value: binaries.reduce((sum, { bytes }) => sum + bytes, 0), unit: 'bytes' },
    ],
    parts: [sizes(binaries), ...binaries.slice(0, SHOWN.binaries).flatMap(parts), packages(binaries)],
  };
}

function sizes(binaries: readonly Binary[]): Part {
  return {
    ...{ kind: 'table', title: 'Binaries', none: 'No build has left a binary.' },
    columns: [
      { title: 'Binary', unit: 'text' },
      { title: 'Size', unit: 'bytes' },
      { title: 'Growth since base', unit: 'bytes' },
      { title: 'Built by', unit: 'text' },
      { title: 'Symbols', unit: 'text' },
    ],
    rows: binaries.map(({ path, bytes, base, task, problem }) => [
      ...[path, bytes, base ? bytes - base.bytes : null, task, problem ?? 'known'],
    ]),
  };
}

function parts({ path, packages: all, history }: Binary): Part[] {
  const rest = all.slice(SHOWN.packages).reduce((sum, { bytes }) => sum + bytes, 0);
  const others = rest > 0 ? [{ name: 'all others', value: rest, series: 'others' }] : [];
  const largest = all.slice(0, SHOWN.packages);
  const growth: Part = {
    ...{ kind: 'stack', title: `Size of ${path} by run`, unit: 'bytes', along: { title: 'Run', unit: 'time' } },
    points: history.map(({ time }) => time),
    series: [{ name: path, values: history.map(({ bytes }) => bytes) }],
  };
  const shares = [...largest.map(({ name, bytes }) => ({ name, value: bytes, series: origin(name) })), ...others];
  return [
    ...(all.length === 0
      ? []
      : [{ kind: 'treemap', title: `${path} by package`, unit: 'bytes', parts: shares } as const]),
    ...(history.length > 1 ? [growth] : []),
  ];
}

/** The standard library's packages have no dot in their first element. */
function origin(name: string): string {
  const [first = ''] = name.split('/');
  return first.includes('.') ? 'modules' : 'standard library';
}

function packages(binaries: readonly Binary[]): Part {
  return {
    ...{ kind: 'table', title: 'Bytes by package', none: 'The symbols of no binary are known.' },
    columns: [
      { title: 'Package', unit: 'text' },
      { title: 'Bytes', unit: 'bytes' },
      { title: 'Binary', unit: 'text' },
    ],
    rows: binaries.flatMap(({ path, packages: all }) => all.map(({ name, bytes }) => [name, bytes, path])),
  };
}

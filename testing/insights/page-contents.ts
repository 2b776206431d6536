import type { PageContent, Section, Table } from '../../src/insights/page/content.js';

/** Names that break pages which take them for markup, code or one line of few letters. */
export const HOSTILE_NAMES = [
  '<script>document.title = "run"</script>',
  '</script><script>document.title = "run"</script>',
  '<!--<script>',
  '<img src="https://example.com/x.png" onerror="document.title = `run`">',
  '"quoted" \'names\' & &amp; entities',
  'line\u2028and\u2029paragraph',
  'two\nlines\r\nand a\ttab',
  'right \u202eto left',
  'half \ud800 a character',
  '\u0000',
  '__proto__',
  'constructor',
  `example.com/${'very/'.repeat(400)}long`,
  'javascript:document.title="run"',
  '',
] as const;

/** A table of so many packages. */
export function packageTable(count: number): Table {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(5, '0');
    return [`example.com/shop/internal/package${number}`, (index * 7919) % 1000, ((index * 104_729) % count) * 1000];
  });
  return {
    ...{ kind: 'table', title: 'Packages', none: 'There are no packages.' },
    columns: [
      { title: 'Package', unit: 'text' },
      { title: 'Importers', unit: 'count' },
      { title: 'Cost', unit: 'milliseconds' },
    ],
    rows,
  };
}

function everyPart(names: readonly string[]): Section['parts'] {
  const kinds = ['compile', 'link', 'test'];
  const kind = (index: number): string => kinds[index % 3] as string;
  const values = names.map((_, index) => 1000 * (names.length - index));
  return [
    {
      ...{ kind: 'timeline', title: 'Critical path', milliseconds: names.length * 1000 },
      steps: names.map((name, index) => {
        return { name, series: kind(index), from: index * 1000 + 200, milliseconds: 800, waited: 200 };
      }),
    },
    {
      ...{ kind: 'bars', title: 'Time on more cores', unit: 'milliseconds' },
      bars: names.map((name, index) => ({ name, value: values[index] ?? 0 })),
    },
    {
      ...{ kind: 'treemap', title: 'Bytes by package', unit: 'bytes' },
      parts: names.map((name, index) => ({ name, value: values[index] ?? 0, series: kind(index) })),
    },
    {
      ...{ kind: 'stack', title: 'Cores at work', unit: 'count', along: { title: 'Time', unit: 'milliseconds' } },
      points: names.map((_, index) => index * 1000),
      series: kinds.map((name, place) => ({ name, values: names.map((_, index) => (index + place) % 4) })),
    },
    {
      ...{ kind: 'stack', title: 'Hits by run', unit: 'count', along: { title: 'Run', unit: 'time' } },
      points: names.map((_, index) => 1_790_000_000_000 + index * 86_400_000),
      series: ['local', 'remote', 'missed'].map((name, place) => ({ name, values: names.map((_, at) => at + place) })),
    },
  ];
}

const SECTION: Omit<Section, 'id' | 'title' | 'parts'> = { about: 'What the section is about.', figures: [] };

/** A page with every kind of part, whose names are those that are given. */
export function pageOfNames(names: readonly string[], table: Table): PageContent {
  const figures = [
    { label: 'Packages', value: table.rows.length, unit: 'count' },
    { label: 'Largest', value: names[0] ?? null, unit: 'text' },
  ] as const;
  return {
    title: `Insights of ${names[1] ?? 'a workspace'}`,
    about: 'Drawn for a test.',
    time: Date.UTC(2026, 0, 2, 3, 4),
    sections: [
      { ...SECTION, id: 'charts', title: 'Charts', figures, parts: everyPart(names) },
      { ...SECTION, id: 'packages', title: 'Packages', parts: [table] },
      { ...SECTION, id: 'tests', title: 'Tests', missing: 'No run was measured yet.', parts: [] },
    ],
  };
}

/** A table whose names are those that are given. */
export function tableOfNames(names: readonly string[]): Table {
  return { ...packageTable(0), rows: names.map((name, index) => [name, index, null]) };
}

/** A page of which nothing is known. */
export const EMPTY_PAGE: PageContent = { title: 'Insights', about: 'Nothing yet.', time: 0, sections: [] };

import type { ImportCycle, StructureInsight } from '../../report.js';
import type { Column, Part, Section, Table } from '../content.js';

/** How packages, folders and modules depend on each other. */
export function structureSection(structure: StructureInsight): Pick<Section, 'figures' | 'parts'> {
  const { moduleCycles, testCycles, folders, unimported, duplicates } = structure;
  const figures = [
    ['Cycles of modules', moduleCycles.length],
    ['Cycles by tests', testCycles.length],
    ['Folders that import each other', folders.twoWays.length],
    ['Packages that nothing imports', unimported.length],
    ['Modules in several versions', duplicates.length],
  ] as const;
  return {
    figures: figures.map(([label, value]) => ({ label, value, unit: 'count' })),
    parts: [
      cycles('Import cycles between modules', moduleCycles, 'No module needs itself.'),
      cycles('Import cycles by tests', testCycles, 'No test imports what imports its package.'),
      ...folderTables(folders),
      {
        ...texts('Packages that nothing imports', ['Package', 'Holds'], 'Every package is imported.'),
        rows: unimported.map(({ dir, tests }) => [dir, tests ? 'tests alone' : 'code']),
      },
      {
        ...texts('Duplicate modules', ['Module', 'Versions', 'In one program'], 'Every module has one version.'),
        rows: duplicates.map(({ name, versions, together }) => [
          name,
          versions.map(({ module, importers }) => `${module} (${importers.join(', ')})`).join('; '),
          together ? 'may be' : 'no',
        ]),
      },
    ],
  };
}

function texts(title: string, names: readonly string[], none: string): Omit<Table, 'rows'> {
  const columns = names.map((name): Column => ({ title: name, unit: 'text' }));
  return { kind: 'table', title, columns, none };
}

function cycles(title: string, found: readonly ImportCycle[], none: string): Part {
  const line = ({ from, to, tests }: ImportCycle['imports'][number]): string =>
    `${from} → ${to}${tests ? ' (test)' : ''}`;
  return {
    ...texts(title, ['Members', 'Imports'], none),
    rows: found.map(({ members, imports }) => [members.join(', '), imports.map(line).join(', ')]),
  };
}

function folderTables({ layers, twoWays }: StructureInsight['folders']): Part[] {
  const [layer, folder] = [
    { title: 'Layer', unit: 'count' },
    { title: 'Folders', unit: 'text' },
  ] as const;
  const highest = layers.map((folders, index) => [folders.join(', '), index + 1]).reverse();
  return [
    {
      ...{ kind: 'table', title: 'Layers of folders, the highest first', none: 'There are no folders.' },
      ...{ columns: [folder, layer], rows: highest },
    },
    {
      ...texts('Folders that import each other', ['Folders', 'Imports that go back'], 'No folders import each other.'),
      rows: twoWays.map(({ folders, back }) => [
        folders.join(' → '),
        back.map(({ from, to }) => `${from} → ${to}`).join(', '),
      ]),
    },
  ];
}

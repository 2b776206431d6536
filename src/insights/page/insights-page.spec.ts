import { describe, expect, it } from '@jest/globals';

import { HOSTILE_NAMES } from '../../../testing/insights/page-contents.js';
import { fullReport, missingReport } from '../../../testing/insights/reports.js';
import type { CacheInsight } from '../report.js';
import type { Part, Table } from './content.js';
import { insightsPage, pageContent } from './insights-page.js';

const NAMES = Array.from({ length: 10 }, (_, index) => `example.com/shop/p${index}`);

const partsOf = (id: string, names: readonly string[] = NAMES): readonly Part[] =>
  pageContent(fullReport(names)).sections.find((section) => section.id === id)?.parts ?? [];

const table = (id: string, title: string): Table['rows'] => {
  const found = partsOf(id).find((part) => part.title === title);
  if (found?.kind !== 'table') throw new Error(`${id} has no table ${title}`);
  return found.rows;
};

describe('pageContent', () => {
  it('has the words of the report for each section of which nothing is known', () => {
    const { sections } = pageContent(missingReport());
    expect(sections.map(({ id, missing, parts }) => [id, missing, parts.length])).toEqual(
      ['run', 'edits', 'imports', 'structure', 'binaries', 'tests', 'cache'].map((id) => [
        id,
        `Nothing is known of ${id}.`,
        0,
      ]),
    );
  });

  it('has a value for each column, and no two parts of a section with one title', () => {
    for (const { parts } of pageContent(fullReport(HOSTILE_NAMES)).sections) {
      expect(parts.length).toBeGreaterThan(1);
      expect(new Set(parts.map(({ title }) => title)).size).toBe(parts.length);
      for (const part of parts) {
        if (part.kind === 'table') expect(part.rows.every((row) => row.length === part.columns.length)).toBe(true);
      }
    }
  });

  it('says how the cores were used', () => {
    const run = pageContent(fullReport(NAMES)).sections[0];
    const figures = Object.fromEntries(run?.figures.map(({ label, value }) => [label, value]) ?? []);
    // Of 4 cores for 6 s, 14 s were used, 2 of them by the linker.
    expect(figures['Linker, of the time of all cores']).toBeCloseTo(8.33, 2);
    expect(figures['Idle, of the time of all cores']).toBeCloseTo(41.67, 2);
  });

  it('counts hits of all runs', () => {
    const { runs } = fullReport(NAMES).cache as CacheInsight;
    const sum = (values: number[]): number => values.reduce((all, one) => all + one, 0);
    const hits = sum(runs.map(({ local, remote }) => local + remote));
    const share = (100 * hits) / (hits + sum(runs.map(({ missed }) => missed)));
    const cache = pageContent(fullReport(NAMES)).sections.at(-1);
    expect(cache?.figures.find(({ label }) => label === 'Hits')?.value).toBe(share);
  });

  it('tells the growth of a binary, and why its symbols are not known', () => {
    expect(table('binaries', 'Binaries')).toEqual([
      ['dist/example.com/shop/p0', 12_000_000, 1_000_000, 'example.com/shop/p0:build', 'known'],
      ['dist/stripped', 1, null, 'example.com/shop/p1:build', 'It was linked with -s.'],
    ]);
  });

  it('draws a binary by package, the small ones as one', () => {
    const report = fullReport(NAMES);
    const packages = Array.from({ length: 1_000 }, (_, index) => ({ name: `p.com/${index}`, bytes: 1_000 - index }));
    const binary = { task: 'a:build', path: 'a', bytes: 1e6, packages, history: [] };
    const [, , , , binaries] = pageContent({ ...report, binaries: { binaries: [binary] } }).sections;
    const map = binaries?.parts.find((part) => part.kind === 'treemap');
    const values = map?.kind === 'treemap' ? map.parts : [];
    expect(values).toHaveLength(151);
    expect(values.reduce((sum, { value }) => sum + value, 0)).toBe(500_500);
    expect(values.at(-1)).toEqual({ name: 'all others', value: (850 * 851) / 2, series: 'others' });
  });

  it('names the import line by which a module comes in', () => {
    expect(table('imports', 'Heavy imports')[0]?.at(-1)).toBe('example.com/shop/p1 → net/http');
  });
});

it('insightsPage holds all packages of a large workspace', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `example.com/shop/package${index}`);
  const html = insightsPage(fullReport(names));
  expect(html.split('example.com/shop/package9999"').length).toBeGreaterThan(2);
  expect(html.length).toBeLessThan(3_000_000);
});

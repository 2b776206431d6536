import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { EMPTY_PAGE, HOSTILE_NAMES, pageOfNames, tableOfNames } from '../../../testing/insights/page-contents.js';
import { chartTable, seriesOf } from './chart-table.js';
import type { Chart } from './content.js';
import { embeddedJson, pageHtml } from './html.js';

describe('embeddedJson', () => {
  it('gives back any value, and holds nothing that HTML or a script could take for its own', () => {
    const value = { names: HOSTILE_NAMES, nested: [{ '</script>': '\u2028' }] };
    const text = embeddedJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
  });
});

describe('pageHtml', () => {
  const page = pageOfNames(HOSTILE_NAMES, tableOfNames(HOSTILE_NAMES));
  const html = pageHtml(page);

  it('holds two scripts, of which the policy lets only its own run', () => {
    const scripts = [...html.matchAll(/<script([^>]*)>([^]*?)<\/script/gi)];
    expect(scripts.map(([, attributes]) => attributes)).toEqual([' type="application/json" id="content"', '']);
    const hash = createHash('sha256').update(String(scripts[1]?.[2])).digest('base64');
    expect(html).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
    expect(JSON.parse(String(scripts[0]?.[2]))).toEqual(page);
  });

  it('names no file and no address to load', () => {
    const markup = html.replace(/<(script|style)[^]*?<\/\1/gi, '');
    expect(markup).not.toMatch(/\b(src|href)=|@import/i);
    expect(pageHtml(EMPTY_PAGE)).not.toMatch(/url\(["']?(https?:|\/\/)/);
  });

  it('has a name as its title, as text', () => {
    const titled = pageHtml({ ...EMPTY_PAGE, title: 'Insights of </title><b>&amp;' });
    expect(titled).toContain('<title>Insights of &lt;/title&gt;&lt;b&gt;&amp;amp;</title>');
  });
});

describe('chartTable', () => {
  const charts = pageOfNames(['a', 'b'], tableOfNames([])).sections.flatMap(({ parts }) =>
    parts.filter((part): part is Chart => part.kind !== 'table'),
  );

  it('tells what each kind of chart shows', () => {
    expect(charts.map((chart) => [chart.kind, chartTable(chart).rows, seriesOf(chart)])).toEqual([
      [
        'timeline',
        [
          ['a', 'compile', 200, 800, 200],
          ['b', 'link', 1200, 800, 200],
        ],
        ['compile', 'link'],
      ],
      [
        'bars',
        [
          ['a', null, 2000],
          ['b', null, 1000],
        ],
        [],
      ],
      [
        'treemap',
        [
          ['a', 'compile', 2000],
          ['b', 'link', 1000],
        ],
        ['compile', 'link'],
      ],
      [
        'stack',
        [
          [0, 0, 1, 2],
          [1000, 1, 2, 3],
        ],
        ['compile', 'link', 'test'],
      ],
      [
        'stack',
        [
          [1_790_000_000_000, 0, 1, 2],
          [1_790_086_400_000, 1, 2, 3],
        ],
        ['local', 'remote', 'missed'],
      ],
    ]);
  });

  it('has a title for each value of a row', () => {
    for (const chart of charts) {
      const { columns, rows } = chartTable(chart);
      expect(rows.every((row) => row.length === columns.length)).toBe(true);
    }
  });
});

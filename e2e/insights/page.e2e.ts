import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';

import type { PageContent } from '../../src/insights/page/content.js';
import { pageHtml } from '../../src/insights/page/html.js';
import { pageContent } from '../../src/insights/page/insights-page.js';
import { startChromium } from '../../testing/browser/chromium.js';
import {
  accessibilityProblems,
  openPage,
  type PageSession,
  type PageSettings,
} from '../../testing/browser/page-session.js';
import { HOSTILE_NAMES, packageTable, pageOfNames, tableOfNames } from '../../testing/insights/page-contents.js';
import { fullReport, missingReport } from '../../testing/insights/reports.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';

jest.setTimeout(300_000);

const NAMES = packageTable(14).rows.map(([name]) => String(name));
const USUAL = pageOfNames(NAMES, packageTable(2_500));
const HOSTILE = pageOfNames(HOSTILE_NAMES, tableOfNames(HOSTILE_NAMES));
const LARGE = pageContent(fullReport(packageTable(2_500).rows.map(([name]) => String(name))));
const DESK: PageSettings = { colorScheme: 'light', width: 1000 };
const PHONE: PageSettings = { colorScheme: 'dark', width: 360 };

const browser: Browser | undefined = await startChromium();
const withBrowser = browser ? describe : describe.skip;

withBrowser('the page of insights in a browser', () => {
  const folder = temporaryFolder('pages', String(process.pid));
  let session: PageSession;
  let page: Page;

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(content: PageContent, look = DESK): Promise<void> {
    const file = join(folder, 'insights.html');
    writeFileSync(file, pageHtml(content));
    await page?.close();
    session = await openPage(browser as Browser, pathToFileURL(file).href, look);
    page = session.page;
  }

  const rowsOf = (title: string) => page.getByRole('region', { name: `Rows of ${title}`, exact: true });
  const nameOfFocus = (): Promise<string> =>
    page.evaluate(`(({ tagName, textContent, value, ariaLabel }) =>
      [tagName, ariaLabel ?? (tagName === 'INPUT' ? value : textContent)].join(' '))(document.activeElement)`);

  it.each([
    ['every part with hostile names', HOSTILE, DESK],
    ['nothing', pageContent(missingReport()), PHONE],
    ['2,500 packages', LARGE, DESK],
    ['2,500 packages', LARGE, PHONE],
    ['packages with hostile names', pageContent(fullReport(HOSTILE_NAMES)), PHONE],
  ])('of %s is accessible, fits and asks for nothing', async (_, content, look) => {
    await open(content, look);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await page.title()).toBe(content.title);
    expect({ requests: session.requests, problems: session.problems }).toEqual({ requests: [], problems: [] });
  });

  describe('with hostile names', () => {
    beforeAll(() => open(HOSTILE));

    it('shows them as text', async () => {
      const shown = await rowsOf('Packages').locator('tbody th').allTextContents();
      expect(shown).toEqual(HOSTILE_NAMES.map((name) => name || '–'));
      expect(await page.locator('main :is(script, img, iframe, object)').count()).toBe(0);
    });

    it('draws every chart', async () => {
      await page.locator('.chart > svg').nth(4).waitFor({ state: 'attached' });
      expect(await page.locator('.chart > svg').count()).toBe(5);
      expect(await page.locator('svg [d*="NaN"], svg [width*="NaN"], svg [x*="NaN"]').count()).toBe(0);
    });

    it('may run and ask for nothing else', async () => {
      await page.evaluate(`{
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        const image = new Image();
        image.src = 'https://example.com/x.png';
        document.body.append(script, image);
      }`);
      const asked = page.evaluate(`fetch('https://example.com/').then(() => 'answered', () => 'refused')`);
      expect(await asked).toBe('refused');
      expect(await page.title()).toBe(HOSTILE.title);
      expect(session.sent).toEqual([]);
      expect(session.problems.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThan(1);
    });
  });

  describe('by keyboard', () => {
    beforeAll(() => open(USUAL));

    it('leads through everything that can be used, in the order of the page, and shows where it is', async () => {
      const stops: string[] = [];
      for (;;) {
        await page.keyboard.press('Tab');
        const stop = await nameOfFocus();
        if (stop.startsWith('BODY') || (stops.length > 0 && stop === stops[0])) break;
        const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
        stops.push(outline === 'none' ? `${stop} (not visible)` : stop);
      }
      const charts = ['Critical path', 'Time on more cores', 'Bytes by package', 'Cores at work', 'Hits by run'];
      expect(stops).toEqual([
        'A Skip to the sections',
        ...['Charts', 'Packages', 'Tests'].map((name) => `A ${name}`),
        'INPUT system',
        ...charts.map((name) => `SUMMARY ${name} as a table`),
        'INPUT ',
        'DIV Rows of Packages',
        ...['Package', 'Importers', 'Cost'].map((name) => `BUTTON ${name}`),
      ]);
    });

    it('skips to the sections', async () => {
      await page.getByRole('link', { name: 'Skip to the sections' }).press('Enter');
      await page.locator('#main:focus').waitFor({ state: 'attached' });
    });

    it('opens the table of a chart', async () => {
      await page.locator('summary').first().press('Enter');
      await rowsOf('Critical path')
        .getByRole('rowheader', { name: NAMES[13] as string })
        .waitFor();
    });

    it('scrolls to the last row', async () => {
      await rowsOf('Packages').press('End');
      await rowsOf('Packages').getByText('package02499').waitFor();
    });

    it('sorts by a column, both ways', async () => {
      const costs = packageTable(2_500).rows.map(([name, , cost]) => ({ name: String(name), cost: Number(cost) }));
      costs.sort((a, b) => b.cost - a.cost);
      const head = rowsOf('Packages').getByRole('columnheader', { name: 'Cost' });
      await head.getByRole('button').press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await rowsOf('Packages').locator('tbody th').first().textContent()).toBe(costs[0]?.name);
      await head.getByRole('button').press('Space');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect(await rowsOf('Packages').locator('tbody th').first().textContent()).toBe(costs.at(-1)?.name);
    });

    it('filters by what is typed, and says how many are left', async () => {
      const field = page.getByRole('searchbox', { name: 'Filter Packages' });
      await field.pressSequentially('INTERNAL /package0123');
      await page.getByText('10 of 2,500 rows', { exact: true }).waitFor();
      const found = await rowsOf('Packages').locator('tbody th').allTextContents();
      expect(found.sort()).toEqual(
        Array.from({ length: 10 }, (_, index) => `example.com/shop/internal/package0123${index}`),
      );
      await field.fill('no such package');
      await page.getByText('0 of 2,500 rows', { exact: true }).waitFor();
      expect(await rowsOf('Packages').locator('tbody th').count()).toBe(0);
    });

    it('changes the colours, and keeps the choice', async () => {
      const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const light = await ground();
      await page.getByRole('radio', { name: 'system' }).press('ArrowLeft');
      await page.locator('html[data-theme=dark]').waitFor();
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.reload();
      await page.locator('main').waitFor({ state: 'attached' });
      expect(await ground()).toBe(dark);
      await page.getByRole('radio', { name: 'light' }).check();
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await ground()).toBe(light);
      await page.getByRole('radio', { name: 'system' }).check();
      expect(await ground()).toBe(dark);
    });
  });

  it('has few elements for 10,000 packages, whichever are in sight', async () => {
    await open(pageOfNames(NAMES, packageTable(10_000)));
    const rows = rowsOf('Packages').locator('tbody th');
    for (const row of [5_000, 9_999, 0]) {
      await rowsOf('Packages').evaluate((region: { scrollTop: number }, to: number) => {
        region.scrollTop = to;
      }, row * 28);
      await rowsOf('Packages')
        .getByText(`package${String(row).padStart(5, '0')}`)
        .waitFor();
      expect(await rows.count()).toBeLessThan(60);
    }
    expect(await rowsOf('Packages').getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  });
});

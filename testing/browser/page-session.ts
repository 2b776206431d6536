import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

import type { Browser, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page in a browser, and what went on in it. */
export interface PageSession {
  readonly page: Page;
  /** What it asked for, other than itself. */
  readonly requests: readonly string[];
  /** What of that its policy let through. */
  readonly sent: readonly string[];
  /** What it reported: exceptions, and what the policy kept it from. */
  readonly problems: readonly string[];
}

export interface PageSettings {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
}

/** Opens a file. Whatever it asks for is written down, and refused. */
export async function openPage(browser: Browser, url: string, settings: PageSettings = {}): Promise<PageSession> {
  const { colorScheme = 'light', width = 1000 } = settings;
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 720 } });
  const requests: string[] = [];
  const sent: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => void (request.url() === url || requests.push(request.url())));
  page.on('pageerror', (error) => void problems.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
  await page.route('**', (route) => {
    if (route.request().url() === url) return route.continue();
    sent.push(route.request().url());
    return route.abort();
  });
  await page.goto(url);
  await page.locator('main').waitFor({ state: 'attached' });
  return { page, requests, sent, problems };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds, by all of its rules: a line for each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy runs no script of others.
  const found = await page.evaluate(`${AXE}; axe.run({ resultTypes: ['violations'] })`);
  const { violations } = found as { violations: readonly Violation[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

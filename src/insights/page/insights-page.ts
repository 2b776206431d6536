import type { InsightsReport, Missing } from '../report.js';
import type { PageContent, Section } from './content.js';
import { pageHtml } from './html.js';
import { binarySection } from './sections/binaries.js';
import { cacheSection } from './sections/cache.js';
import { editSection } from './sections/edits.js';
import { importSection } from './sections/imports.js';
import { runSection } from './sections/run.js';
import { structureSection } from './sections/structure.js';
import { testSection } from './sections/tests.js';

type Body = Pick<Section, 'figures' | 'parts'>;

/** The page that shows a report: one HTML file that asks for nothing else. */
export function insightsPage(report: InsightsReport): string {
  return pageHtml(pageContent(report));
}

/** What the page shows of a report. What was not looked at has no section; one of which nothing is known says why. */
export function pageContent(report: InsightsReport): PageContent {
  const { workspace, time, days, run, edits, imports, structure, binaries, tests, cache } = report;
  const cost = `What holds a package runs again after an edit of it. Changes are those of the last ${days} days.`;
  return {
    title: `Insights of ${workspace}`,
    about: 'What costs time in a Go workspace, and why.',
    time,
    sections: [
      ...section('run', 'Last run', 'What go did in the last run that had something to do.', run, runSection),
      ...section('edits', 'Cost of an edit', cost, edits, editSection),
      ...section('imports', 'Heavy imports', 'What programs would not hold without an import.', imports, importSection),
      ...section(
        'structure',
        'Structure',
        'What makes a workspace hard to build in parts.',
        structure,
        structureSection,
      ),
      ...section(
        'binaries',
        'Binaries',
        'Files that builds have left, and the symbols in them.',
        binaries,
        binarySection,
      ),
      ...section('tests', 'Tests', 'What has tests, and how long they took when they last ran.', tests, testSection),
      ...section('cache', 'Cache', 'Where the results of Go tasks came from.', cache, cacheSection),
    ],
  };
}

function section<Known extends object>(
  id: string,
  title: string,
  about: string,
  known: Known | Missing | undefined,
  body: (known: Known) => Body,
): Section[] {
  if (!known) return [];
  const head = { id, title, about };
  if ('missing' in known) return [{ ...head, missing: known.missing, figures: [], parts: [] }];
  return [{ ...head, ...body(known) }];
}

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { createProjectGraphAsync, workspaceRoot } from '@nx/devkit';

import { collectInsights } from '../insights/collect.js';
import { insightsPage } from '../insights/page/insights-page.js';
import { writeWhole } from '../write-whole.js';

const USAGE = `Usage: nx-gopher insights [--output <file>]
       nx-gopher insights --json

Shows what costs time in the workspace, and why, as a page: one HTML file that works offline. Builds nothing.

  --output <file>   where to write the page; insights.html by default
  --json            prints what the page is drawn from as JSON`;

/**
 * Writes the page, or prints what it is drawn from.
 *
 * @returns the exit code.
 * @throws Error when the arguments are wrong, packages cannot be listed, or the page cannot be written.
 */
export async function insights(args: readonly string[]): Promise<number> {
  const { help, json, output } = parseOptions(args);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const report = await collectInsights(workspaceRoot, graph);
  if (json) {
    console.log(JSON.stringify(report, null, 2));
    return 0;
  }
  const file = resolve(output ?? 'insights.html');
  await writeWhole(file, insightsPage(report)).catch((error: Error) => {
    throw new Error(`The page cannot be written (${error.message}). Name another file with --output.`, {
      cause: error,
    });
  });
  console.log(`Wrote ${pathToFileURL(file).href}`);
  return 0;
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { output: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.json && values.output !== undefined) throw new Error('--json and --output exclude each other.');
    if (values.output === '') throw new Error('--output names no file.');
    return values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { createProjectGraphAsync, workspaceRoot } from '@nx/devkit';

import { collectInsights } from '../insights/collect.js';
import { insightsPage } from '../insights/page/insights-page.js';
import { replay } from '../insights/replay/command.js';
import { writeWhole } from '../write-whole.js';

const USAGE = `Usage: nx-gopher insights [--output <file>]
       nx-gopher insights --json
       nx-gopher insights --replay <commits> [--json]

Shows what costs time in the workspace, and why, as a page: one HTML file that works offline. Builds nothing.

  --output <file>   where to write the page; insights.html by default
  --json            prints what the page is drawn from as JSON

  --replay <commits>   says instead how many builds and tests each of the last commits would have run, by exact hashes
                       and by those of whole modules; with --json, as JSON`;

/**
 * Writes the page, or prints what it is drawn from.
 *
 * @returns the exit code.
 * @throws Error when the arguments are wrong, packages cannot be listed, or the page cannot be written.
 */
export async function insights(args: readonly string[]): Promise<number> {
  const { help, json, output, replay: commits } = parseOptions(args);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (commits !== undefined) return printReplay(commitCount(commits), json === true);
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

async function printReplay(commits: number, json: boolean): Promise<number> {
  const { result, text } = await replay(workspaceRoot, commits);
  console.log(json ? JSON.stringify({ schemaVersion: 1, ...result }, null, 2) : text());
  return 0;
}

function commitCount(value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new Error(`--replay takes a number of commits from 1 to 999999, not ${JSON.stringify(value)}.`);
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        output: { type: 'string' },
        json: { type: 'boolean' },
        replay: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.json && values.output !== undefined) throw new Error('--json and --output exclude each other.');
    if (values.replay !== undefined && values.output !== undefined)
      throw new Error('--replay and --output exclude each other.');
    if (values.output === '') throw new Error('--output names no file.');
    return values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

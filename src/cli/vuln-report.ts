import { join } from 'node:path';

import { createProjectGraphAsync, workspaceRoot, type ProjectGraph } from '@nx/devkit';

import { counted } from '../counted.js';
import { isExpired, readAllowList, today } from '../executors/vuln/allow-list.js';
import { reportFile, reportPath, REPORT_FORMATS, type ReportFormat } from '../facts/scan-facts.js';
import { targetFacts } from '../facts/target-facts.js';
import { isFile, textOf } from '../files.js';
import { findGo } from '../go/process/command.js';
import { findTool, howToGet } from '../go/process/find-tool.js';
import { parseJsonRecords } from '../go/process/json-records.js';
import { convert, foundIds, GOVULNCHECK, jsonOf, type Message } from '../go/vulnerabilities/govulncheck.js';
import { mergedMessages } from '../go/vulnerabilities/merged-messages.js';
import { fromRoot } from '../paths.js';
import { writeWhole } from '../write-whole.js';
import { parseCall } from './parse-call.js';

const USAGE = `Usage: nx-gopher vuln-report [--format <names>] [--output <directory>]

Merges the reports that the vuln targets wrote, those that came from the cache too, into one of each format.

  --format <names>       ${REPORT_FORMATS.join(', ')}, with commas between them; all by default
  --output <directory>   vulnerabilities/total by default

The targets have to write "json": { "vuln": { "reports": ["json"] } } in the plugin's options.`;

/** What a target wrote, and what of it is accepted today. */
interface Report {
  readonly project: string;
  readonly messages: readonly Message[];
  readonly accepted: readonly string[];
}

/**
 * Writes the reports of all programs as one.
 *
 * @returns the exit code: 1 when a program holds a vulnerability that is not accepted, else 0.
 * @throws Error when the arguments are wrong, or there is no report.
 */
export async function vulnReport(args: readonly string[]): Promise<number> {
  const options = {
    format: { type: 'string' },
    output: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = parseCall({ args: [...args], options }, USAGE);
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const formats = formatsOf(values.format);
  const reports = reportsOf(await createProjectGraphAsync({ exitOnError: false }));
  const folder = join(workspaceRoot, values.output ?? 'vulnerabilities/total');
  const all = mergedMessages(reports.map(({ messages }) => messages));
  const left = mergedMessages(reports.map(notAccepted));
  for (const format of formats) {
    const text = format === 'json' ? jsonOf(all) : await converted(format === 'openvex' ? all : left, format);
    await writeWhole(join(folder, reportFile(format)), text);
  }
  const failing = foundIds(left);
  const lines = failing.map((id) => {
    const projects = reports
      .filter((report) => foundIds(notAccepted(report)).includes(id))
      .map(({ project }) => project);
    return `  ${id}: ${projects.sort().join(', ')}`;
  });
  const head = `${counted(reports.length, 'program')}, vulnerabilities to mend: ${failing.length}`;
  console.log([head, ...lines, `Written to ${fromRoot(workspaceRoot, folder)}.`].join('\n'));
  return failing.length > 0 ? 1 : 0;
}

function formatsOf(names: string | undefined): ReportFormat[] {
  if (names === undefined) return [...REPORT_FORMATS];
  const known = (name: string): ReportFormat[] => REPORT_FORMATS.filter((format) => format === name);
  const wrong = names.split(',').find((name) => known(name).length === 0);
  if (wrong !== undefined) throw new Error(`There is no format ${JSON.stringify(wrong)}.\n\n${USAGE}`);
  return names.split(',').flatMap(known);
}

/** What the targets of the graph wrote the last time. @throws Error when none has. */
function reportsOf({ nodes }: ProjectGraph): Report[] {
  const reports: Report[] = [];
  const without: string[] = [];
  for (const { name, data } of Object.values(nodes)) {
    for (const [target, configuration] of Object.entries(data.targets ?? {})) {
      if (targetFacts(configuration)?.scan === undefined) continue;
      const path = join(workspaceRoot, reportPath(data.root, 'json'));
      if (!isFile(path)) {
        without.push(`${name}:${target}`);
        continue;
      }
      const { allow } = (configuration.options ?? {}) as { readonly allow?: string };
      const entries = allow === undefined ? [] : readAllowList(workspaceRoot, allow);
      const accepted = entries.filter((entry) => !isExpired(entry, today())).map(({ id }) => id);
      reports.push({ project: name, messages: parseJsonRecords<Message>(textOf(path) ?? ''), accepted });
    }
  }
  if (without.length > 0) console.error(`Without a report: ${without.sort().join(', ')}`);
  if (reports.length > 0) return reports;
  throw new Error(`No vuln target has written "json". Run \`nx run-many -t vuln\` first.\n\n${USAGE}`);
}

function notAccepted({ messages, accepted }: Report): Message[] {
  return messages.filter(({ finding }) => finding === undefined || !accepted.includes(finding.osv));
}

async function converted(messages: readonly Message[], format: Exclude<ReportFormat, 'json'>): Promise<string> {
  const where = { cwd: workspaceRoot, env: {} };
  const tool = await findTool(await findGo(workspaceRoot), GOVULNCHECK, where);
  if (tool === undefined) throw new Error(`govulncheck is not there. ${howToGet(GOVULNCHECK)}`);
  return convert(tool, messages, format, where);
}

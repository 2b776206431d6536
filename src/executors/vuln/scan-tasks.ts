import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { reportPath } from '../../facts/scan-facts.js';
import { findTool, howToGet, type Where } from '../../go/process/find-tool.js';
import { convert, foundIds, GOVULNCHECK, jsonOf, scan, type Message } from '../../go/vulnerabilities/govulncheck.js';
import { toPosix } from '../../paths.js';
import { jobForEach } from '../batch/job-for-each.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { Outcome } from '../task/task.js';
import { isExpired, today } from './allow-list.js';
import type { ScanTask } from './prepare-scan.js';
import { ScanSummary } from './scan-summary.js';
import type { VulnExecutorOptions } from './schema.js';

/**
 * Looks into the programs of the tasks, a job for each: govulncheck takes one binary, and of several packages it names
 * for a vulnerability only one that calls it.
 */
export const scanTasks = jobForEach<VulnExecutorOptions, ScanTask>(scanTask);

async function scanTask(task: ScanTask, session: GoSession): Promise<Outcome> {
  const where = whereOf(task);
  removeReports(task, session.workspaceRoot);
  const go = await session.go();
  const tool = await session.once(JSON.stringify(['govulncheck', where]), () => findTool(go, GOVULNCHECK, where));
  if (tool === undefined)
    throw new TaskError(`${task.id} needs govulncheck, which is not there. ${howToGet(GOVULNCHECK)}\n`);
  const messages = await scan(tool, task.scanned, task.database, where).catch((error: Error) => {
    const { scanned } = task;
    const shown =
      'binary' in scanned ? toPosix(relative(session.workspaceRoot, scanned.binary)) : `the sources in ${task.root}`;
    throw new TaskError(
      `govulncheck could not check ${shown} with the database ${task.database}: ${error.message}\n` +
        `A database that cannot be reached can be a directory: see the option "database".\n`,
    );
  });
  const day = today();
  const found = foundIds(messages);
  const allowed = task.allowed.filter((entry) => found.includes(entry.id));
  const expired = allowed.filter((entry) => isExpired(entry, day));
  const accepted = allowed.filter((entry) => !expired.includes(entry));
  const acceptedIds = accepted.map(({ id }) => id);
  const left = messages.filter(({ finding }) => finding === undefined || !acceptedIds.includes(finding.osv));
  const lines = [
    ...accepted.map(({ id, reason, until }) => `Accepted until ${until}: ${id}: ${reason}\n`),
    ...expired.map(({ id, until }) => `${id} was accepted until ${until}. Look at it again, then mend or renew.\n`),
  ];
  await writeReports(task, tool, { all: messages, left }, session.workspaceRoot);
  const failing = found.filter((id) => !acceptedIds.includes(id));
  ScanSummary.of(session).add(task, { failing, accepted, found });
  const text = await convert(tool, left, 'text', where);
  return { success: failing.length === 0, text: `${text}${lines.join('')}` };
}

function whereOf({ moduleDir, dotenv, options }: ScanTask): Where {
  return { cwd: moduleDir, env: { ...dotenv, ...options.env } };
}

/** What an earlier run left says nothing of this one, which may come to no answer. */
function removeReports({ root, options }: ScanTask, workspaceRoot: string): void {
  for (const format of options.reports ?? []) rmSync(join(workspaceRoot, reportPath(root, format)), { force: true });
}

/** The full answer, and for code scanning what is not accepted. */
async function writeReports(
  task: ScanTask,
  tool: string,
  { all, left }: { readonly all: readonly Message[]; readonly left: readonly Message[] },
  workspaceRoot: string,
): Promise<void> {
  const where = whereOf(task);
  for (const format of task.options.reports ?? []) {
    const text = format === 'json' ? jsonOf(all) : await convert(tool, format === 'sarif' ? left : all, format, where);
    const path = join(workspaceRoot, reportPath(task.root, format));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

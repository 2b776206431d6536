import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { databaseState, databaseUrl } from '../../go/vulnerabilities/database.js';
import { GOVULNCHECK } from '../../go/vulnerabilities/govulncheck.js';
import { runGo } from '../../go/process/command.js';
import { onPath } from '../../go/process/on-path.js';
import { isExpired, readAllowList, today } from './allow-list.js';

/**
 * Prints what a search for vulnerabilities depends on beside the binary, for Nx to hash: the tool's version, the state
 * of the database, and which accepted vulnerabilities have expired by today. What cannot be found out is another thing
 * each time, so that no answer from the cache stands in for it.
 */
async function main(): Promise<void> {
  const [database = '', dir = '.', allow = ''] = process.argv.slice(1);
  const root = process.cwd();
  const lines = await Promise.all([
    known('tool', () => toolVersion(resolve(root, dir))),
    known('database', () => databaseState(databaseUrl(database, root))),
    known('expired', () => expired(root, allow)),
  ]);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function known(name: string, find: () => Promise<string> | string): Promise<string> {
  try {
    return `${name} ${await find()}`;
  } catch {
    return `${name} unknown ${randomUUID()}`;
  }
}

function expired(root: string, allow: string): string {
  if (allow === '') return '';
  const day = today();
  return readAllowList(root, allow)
    .filter((entry) => isExpired(entry, day))
    .map(({ id }) => id)
    .join(' ');
}

/** The version of the module's tool, else the version and sum of what lies on PATH. */
async function toolVersion(cwd: string): Promise<string> {
  const go = { path: 'go', version: '' };
  const format = '{{with .Module}}{{.Version}}{{with .Replace}} {{.Path}} {{.Version}}{{end}}{{end}}';
  const tools = await runGo(go, ['list', '-f', '{{.ImportPath}}', 'tool'], { cwd });
  if (tools.stdout.split('\n').includes(GOVULNCHECK.importPath))
    return (await runGo(go, ['list', '-f', format, GOVULNCHECK.importPath], { cwd })).stdout;
  const path = onPath(GOVULNCHECK.command);
  if (path === undefined) throw new Error('no govulncheck on PATH');
  const { stdout, exitCode } = await runGo(go, ['version', '-m', path], { cwd });
  const mod = stdout.split('\n').find((line) => line.startsWith('\tmod\t'));
  if (exitCode !== 0 || mod === undefined || mod.includes('(devel)')) throw new Error(`${path} has no version`);
  return mod;
}

await main();

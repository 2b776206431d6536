import { environmentOfGo, processRunner, runGo, type GoCommand } from '../process/command.js';
import { parseJsonRecords } from '../process/json-records.js';
import { runGoGroup } from '../process/process-group.js';

/** The package of the tool, as a `tool` line of go.mod names it. */
export const GOVULNCHECK = 'golang.org/x/vuln/cmd/govulncheck';

/** How to get the tool, for messages. */
export const GET_GOVULNCHECK =
  `Get it for the module with \`go get -tool ${GOVULNCHECK}@latest\`, which writes a tool line into go.mod, or for the ` +
  `machine with \`go install ${GOVULNCHECK}@latest\`, which puts it on PATH when $(go env GOPATH)/bin is there.`;

/** One message of govulncheck's JSON, as far as it is looked into. */
export interface Message {
  readonly finding?: { readonly osv: string; readonly trace?: readonly { readonly function?: string }[] };
  readonly config?: { readonly db_last_modified?: string };
}

/** Formats that govulncheck makes of its own JSON. */
export type Format = 'text' | 'sarif' | 'openvex';

/** Where and with what the tool runs. */
export interface Where {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds govulncheck: the tool of the module in `cwd`, else the one on PATH.
 *
 * @returns the command's path; undefined when there is none.
 */
export async function findGovulncheck(go: GoCommand, where: Where): Promise<string | undefined> {
  const tool = await runGo(go, ['tool', '-n', GOVULNCHECK], where);
  const path = tool.stdout.trim();
  if (tool.exitCode === 0 && path !== '') return path;
  // What go.mod names but go cannot build is no reason to take another version from PATH.
  if (!/no such tool/.test(tool.stderr)) throw new Error(`\`go tool -n ${GOVULNCHECK}\` failed: ${tool.stderr.trim()}`);
  const { execa } = await processRunner();
  const { exitCode } = await execa('govulncheck', ['-h'], {
    cwd: where.cwd,
    env: where.env,
    reject: false,
    stdin: 'ignore',
  });
  return exitCode === undefined ? undefined : 'govulncheck';
}

/**
 * Looks for known vulnerabilities in a binary.
 *
 * @throws Error with what govulncheck said, when it could not.
 */
export async function scanBinary(tool: string, binary: string, database: string, where: Where): Promise<Message[]> {
  let json = '';
  const args = ['-db', database, '-mode=binary', '-format', 'json', binary];
  const { exitCode, stderr } = await runGoGroup(
    { path: tool, version: '' },
    args,
    where,
    (line) => (json += `${line}\n`),
  );
  if (exitCode !== 0) throw new Error(stderr.trim() || `govulncheck ended with exit code ${exitCode}`);
  return parseJsonRecords<Message>(json);
}

/** Writes messages in another format, as govulncheck itself does. @throws Error when it cannot. */
export async function convert(
  tool: string,
  messages: readonly Message[],
  format: Format,
  where: Where,
): Promise<string> {
  const { execa } = await processRunner();
  const input = jsonOf(messages);
  const args = ['-mode=convert', '-format', format];
  const { exitCode, stdout, stderr } = await execa(tool, args, {
    cwd: where.cwd,
    env: environmentOfGo(where.env),
    input,
    reject: false,
  });
  // Text that tells of a vulnerability ends with 3.
  if (exitCode !== 0 && exitCode !== 3) throw new Error(`govulncheck -mode=convert failed: ${stderr}`);
  return `${stdout}\n`;
}

/** The messages as govulncheck prints them. */
export function jsonOf(messages: readonly Message[]): string {
  return messages.map((message) => `${JSON.stringify(message, undefined, 2)}\n`).join('');
}

/** The ids of the vulnerabilities whose code the binary holds. Others are in its modules, but not in what it calls. */
export function foundIds(messages: readonly Message[]): string[] {
  const called = messages.flatMap(({ finding }) => (finding?.trace?.[0]?.function === undefined ? [] : finding.osv));
  return [...new Set(called)].sort();
}

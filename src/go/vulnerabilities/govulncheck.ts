import { environmentOfGo, processRunner } from '../process/command.js';
import type { Tool, Where } from '../process/find-tool.js';
import { parseJsonRecords } from '../process/json-records.js';
import { runGoGroup } from '../process/process-group.js';

/** The tool, as a `tool` line of go.mod and PATH name it. */
export const GOVULNCHECK: Tool = { command: 'govulncheck', importPath: 'golang.org/x/vuln/cmd/govulncheck' };

/** One message of govulncheck's JSON, as far as it is looked into. */
export interface Message {
  readonly finding?: { readonly osv: string; readonly trace?: readonly { readonly function?: string }[] };
  readonly config?: { readonly db_last_modified?: string };
  readonly SBOM?: object;
  readonly osv?: object;
}

/** Formats that govulncheck makes of its own JSON. */
export type Format = 'text' | 'sarif' | 'openvex';

/** What govulncheck looks into. */
export type Scanned =
  /** Absolute path of a program. */
  | { readonly binary: string }
  /** A package, relative to `cwd`. */
  | (Where & { readonly pattern: string; readonly tags: readonly string[] });

/**
 * Looks for known vulnerabilities in a binary, or in a package with all that it imports.
 *
 * @param where for a binary.
 * @throws Error with what govulncheck said, when it could not.
 */
export async function scan(tool: string, scanned: Scanned, database: string, where: Where): Promise<Message[]> {
  let json = '';
  const isBinary = 'binary' in scanned;
  const tags = isBinary || scanned.tags.length === 0 ? [] : [`-tags=${scanned.tags.join(',')}`];
  const mode = isBinary ? 'binary' : 'source';
  const what = isBinary ? scanned.binary : scanned.pattern;
  const args = ['-db', database, `-mode=${mode}`, ...tags, '-format', 'json', what];
  const place = isBinary ? where : { cwd: scanned.cwd, env: { ...where.env, ...scanned.env } };
  const command = { path: tool, version: '' };
  const { exitCode, stderr } = await runGoGroup(command, args, place, (line) => (json += `${line}\n`));
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
  // Call stacks are there for sources alone.
  const args = ['-mode=convert', '-format', format, ...(format === 'text' ? ['-show', 'traces'] : [])];
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

/** The ids of the vulnerabilities whose code the program holds. Others are in its modules, but not in what it calls. */
export function foundIds(messages: readonly Message[]): string[] {
  const called = messages.flatMap(({ finding }) => (finding?.trace?.[0]?.function === undefined ? [] : finding.osv));
  return [...new Set(called)].sort();
}

import { runGoGroup } from '../process/process-group.js';
import type { Finding, LinterAnswer, LinterRun } from './finding.js';

interface Diagnostic {
  readonly code: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number };
  readonly message: string;
}

/** Runs staticcheck. */
export async function runStaticcheck({ tool, cwd, env, patterns, tags, args }: LinterRun): Promise<LinterAnswer> {
  const lines: string[] = [];
  const flags = ['-f', 'json', ...(tags === undefined ? [] : [`-tags=${tags.join(',')}`]), ...args];
  const onLine = (line: string): void => void lines.push(line);
  const command = [...flags, ...patterns];
  const { exitCode, stderr } = await runGoGroup({ path: tool, version: '' }, command, { cwd, env }, onLine);
  const findings = lines.filter(Boolean).map((line) => findingOf(JSON.parse(line) as Diagnostic));
  return exitCode > 1 || (exitCode === 1 && findings.length === 0) ? { findings, failure: stderr } : { findings };
}

function findingOf({ code: check, message: text, location: { file, line, column } }: Diagnostic): Finding {
  return { file, line, column, text, check, source: [], isTypeError: check === 'compile' };
}

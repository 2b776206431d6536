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
  const { exitCode, stderr, isKilled } = await runGoGroup({ path: tool, version: '' }, command, { cwd, env }, onLine);
  const findings: Finding[] = [];
  const others: string[] = [];
  for (const line of lines.filter(Boolean)) {
    const said = diagnosticOf(line);
    if (said) findings.push(findingOf(said));
    else others.push(line);
  }
  if (!isKilled && others.length === 0 && (exitCode === 0 || (exitCode === 1 && findings.length > 0)))
    return { findings };
  return { findings, failure: stderr || others.join('\n') || `${tool} ended with ${exitCode}.\n` };
}

/** @returns undefined for a line that is no finding: of a program that does not do as staticcheck does. */
function diagnosticOf(line: string): Diagnostic | undefined {
  try {
    const said = JSON.parse(line) as Partial<Diagnostic> | null;
    return typeof said?.location?.file === 'string' ? (said as Diagnostic) : undefined;
  } catch {
    return undefined;
  }
}

function findingOf({ code: check, message: text, location: { file, line, column } }: Diagnostic): Finding {
  return { file, line, column, text, check, source: [], isTypeError: check === 'compile' };
}

import { resolve } from 'node:path';

import { runGoGroup } from '../process/process-group.js';

/** What a formatter said of files. */
export interface FormatterAnswer {
  /** By absolute path: the hunks of the difference to what it makes, or why it could not format the file. */
  readonly byFile: ReadonlyMap<string, string>;
  /** What kept it from looking at all files. */
  readonly failure?: string;
}

/** A run of gofmt, or of the formatters that a configuration of golangci-lint names. */
export interface FormatterRun {
  readonly tool: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What comes before the files. */
  readonly args: readonly string[];
  /** Relative to `cwd`. */
  readonly files: readonly string[];
}

/** `x.go:3:6: expected 'IDENT'` of gofmt, and `… formatting file x.go: 3:6: expected 'IDENT'"` of golangci-lint. */
const BROKEN = [/^([^\n]*?\.go):\d+:\d+: /, /formatting file ([^\n]*?\.go): \d+:\d+: /];

/** Runs a formatter that prints differences, or rewrites the files. */
export async function runFormatter({ tool, cwd, env, args, files }: FormatterRun): Promise<FormatterAnswer> {
  let stdout = '';
  const onLine = (line: string): void => void (stdout += `${line}\n`);
  const command = [...args, ...files];
  const { exitCode, stderr, isKilled } = await runGoGroup({ path: tool, version: '' }, command, { cwd, env }, onLine);
  const byFile = new Map<string, string>();
  const add = (file: string, text: string): void => {
    const path = resolve(cwd, file);
    byFile.set(path, `${byFile.get(path) ?? ''}${text}`);
  };
  for (const part of stdout.split(/^(?=diff )/m)) {
    const [, file] = /^--- (.*)\.orig$/m.exec(part) ?? [];
    if (file !== undefined) add(file, part.slice(part.search(/^@@/m)));
  }
  for (const line of stderr.split('\n')) {
    const file = BROKEN.flatMap((pattern) => pattern.exec(line)?.[1] ?? [])[0];
    if (file !== undefined) add(file, `${line}\n`);
  }
  // 1 and 2 are also for differences, and for files that do not parse. Then the last words are about a file.
  const isExplained = exitCode === 0 || (byFile.size > 0 && !isEnd(stderr) && !isKilled);
  return isExplained ? { byFile } : { byFile, failure: stderr || stdout || `${tool} ended with ${exitCode}.\n` };
}

/** Whether a program of go ended before its end. */
function isEnd(stderr: string): boolean {
  return /^(panic|fatal error|runtime): /m.test(stderr);
}

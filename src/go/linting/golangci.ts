import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { textOf } from '../../files.js';
import { runGoGroup } from '../process/process-group.js';
import type { Finding, LinterAnswer, LinterRun } from './finding.js';

/** A run of golangci-lint. */
export interface GolangciRun extends LinterRun {
  /** Absolute; none of the tool's own choice is taken where there is none. */
  readonly configuration: string | undefined;
  readonly fix: boolean;
}

interface Issue {
  readonly FromLinter: string;
  readonly Text: string;
  readonly SourceLines?: readonly string[] | null;
  readonly Pos: { readonly Filename: string; readonly Line: number; readonly Column: number };
}

/** Nothing is left out because other packages have the same, and two runs do not wait for each other. */
const FLAGS = [
  ...['--path-mode=abs', '--show-stats=false', '--max-issues-per-linter=0', '--max-same-issues=0'],
  ...['--allow-parallel-runners', '--color=never'],
];

/** Runs `golangci-lint run`, of version 2. */
export async function runGolangci(run: GolangciRun): Promise<LinterAnswer> {
  const { tool, cwd, env, patterns, tags, args, fix } = run;
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-lint-'));
  const report = join(folder, 'report.json');
  try {
    const flags = [
      ...[...FLAGS, configurationFlag(run), `--fix=${fix}`, `--output.json.path=${report}`],
      ...(tags === undefined ? [] : [`--build-tags=${tags.join(',')}`]),
    ];
    let stdout = '';
    const onLine = (line: string): void => void (stdout += `${line}\n`);
    const command = ['run', ...flags, ...args, ...patterns];
    const { exitCode, stderr } = await runGoGroup({ path: tool, version: '' }, command, { cwd, env }, onLine);
    const text = textOf(report);
    // 0 is for nothing found, 1 for findings.
    if (text === undefined || (exitCode > 1 && text === '')) return { findings: [], failure: stderr || stdout };
    const { Issues: issues, Report: { Error: error } = {} } = JSON.parse(text) as {
      readonly Issues: readonly Issue[] | null;
      readonly Report?: { readonly Error?: string };
    };
    const findings = (issues ?? []).map((issue) => findingOf(issue, cwd));
    const isFailed = Boolean(error) || (exitCode > 1 && findings.length === 0);
    return isFailed ? { findings, failure: stderr || error || stdout } : { findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The flag that names the configuration. */
export function configurationFlag({ configuration }: Pick<GolangciRun, 'configuration'>): string {
  return configuration === undefined ? '--no-config' : `--config=${configuration}`;
}

/** What the compiler says: its place stands within. */
const COMPILER = /^: # [^\n]*\n[^\n]*?:(\d+):(\d+): ([^]*)$/;

function findingOf({ FromLinter: check, Text: text, SourceLines: source, Pos: at }: Issue, cwd: string): Finding {
  const file = resolve(cwd, at.Filename);
  if (check !== 'typecheck')
    return {
      file,
      line: at.Line,
      column: at.Column,
      text: text.trimEnd(),
      check,
      source: source ?? [],
      isTypeError: false,
    };
  const [, line = at.Line, column = at.Column, said = text] = COMPILER.exec(text) ?? [];
  return {
    file,
    line: Number(line),
    column: Number(column),
    text: said.trimEnd(),
    check,
    source: [],
    isTypeError: true,
  };
}

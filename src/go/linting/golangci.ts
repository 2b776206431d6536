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
  /** Whether the tool's own cache could answer for files that it knows nothing of: the run has a fresh one then. */
  readonly freshCache: boolean;
}

interface GolangciReport {
  readonly Issues?: readonly Issue[] | null;
  readonly Report?: { readonly Error?: string };
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
  const { tool, cwd, patterns, tags, args, fix, freshCache } = run;
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-lint-'));
  const report = join(folder, 'report.json');
  const env = freshCache ? { ...run.env, GOLANGCI_LINT_CACHE: join(folder, 'cache') } : run.env;
  try {
    const flags = [
      ...[...FLAGS, configurationFlag(run), `--fix=${fix}`, `--output.json.path=${report}`],
      ...(tags === undefined ? [] : [`--build-tags=${tags.join(',')}`]),
    ];
    let stdout = '';
    const onLine = (line: string): void => void (stdout += `${line}\n`);
    // Of a configuration's own number for findings nobody could tell that they are complete.
    const command = ['run', ...flags, ...args, '--issues-exit-code=1', ...patterns];
    const { exitCode, stderr, isKilled } = await runGoGroup({ path: tool, version: '' }, command, { cwd, env }, onLine);
    const said = reportOf(textOf(report));
    if (!said) return { findings: [], failure: stderr || stdout || `${tool} ended (${exitCode}) without a report.\n` };
    const error = said.Report?.Error;
    const findings = (said.Issues ?? []).map((issue) => findingOf(issue, cwd));
    // 0 is for nothing found, 1 for findings. With another one it did not look at all: what it found is not all.
    const isFailed = isKilled || Boolean(error) || exitCode > 1 || (exitCode === 1 && findings.length === 0);
    return isFailed
      ? { findings, failure: stderr || error || stdout || `${tool} ended with ${exitCode}.\n` }
      : { findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns undefined for what a killed process, or one that is not golangci-lint, left. */
function reportOf(text: string | undefined): GolangciReport | undefined {
  try {
    const report = JSON.parse(text ?? '') as GolangciReport | null;
    return report !== null && typeof report === 'object' ? report : undefined;
  } catch {
    return undefined;
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

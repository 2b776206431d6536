import { join } from 'node:path';

import { lintReportPath } from '../../facts/linter-facts.js';
import type { Finding, LinterAnswer } from '../../go/linting/finding.js';
import { fromRoot, isInside } from '../../paths.js';
import { writeWhole } from '../../write-whole.js';
import type { Outcome, ReadyTask } from '../task/task.js';
import { sarif } from './sarif.js';
import type { LintExecutorOptions } from './schema.js';

/** What a task says: the findings with their places from the workspace's root, and reports where they are asked for. */
export async function outcomeOf(
  { root, options }: Pick<ReadyTask<LintExecutorOptions>, 'root' | 'options'>,
  { findings, failure }: LinterAnswer,
  workspaceRoot: string,
): Promise<Outcome> {
  const placed = findings.map((finding) => ({ ...finding, file: shown(workspaceRoot, finding.file) }));
  if (options.reports?.includes('sarif')) {
    const path = join(workspaceRoot, lintReportPath(root));
    await writeWhole(path, sarif(options.linter ?? 'golangci-lint', placed));
  }
  const annotate = options.annotations === 'github';
  const text = placed.map((finding) => textOf(finding) + (annotate ? annotation(finding) : '')).join('');
  return { success: findings.length === 0 && failure === undefined, text: text + (failure ?? '') };
}

function shown(workspaceRoot: string, file: string): string {
  return isInside(workspaceRoot, file) ? fromRoot(workspaceRoot, file) : file;
}

function textOf({ file, line, column, text, check, source }: Finding): string {
  const [only] = source;
  // The mark stands where the place is: what comes before it keeps its tabs.
  const mark = source.length === 1 && only !== undefined && column > 0 ? [only, caret(only, column)] : source;
  const place = column > 0 ? `${file}:${line}:${column}` : `${file}:${line}`;
  return `${place}: ${text} (${check})\n${mark.map((one) => `${one}\n`).join('')}`;
}

function caret(line: string, column: number): string {
  return `${line.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')}^`;
}

/** A line that GitHub's runner shows next to the code. */
function annotation({ file, line, column, text, check }: Finding): string {
  const value = (one: string): string => escaped(one).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = `file=${value(file)},line=${line},col=${column},title=${value(check)}`;
  return `::error ${place}::${escaped(text)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

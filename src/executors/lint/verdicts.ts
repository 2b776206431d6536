import { basename, dirname } from 'node:path';

import type { Finding } from '../../go/linting/finding.js';
import type { ReadyTask } from '../task/task.js';

type Task = Pick<ReadyTask, 'packages' | 'module'>;

/** The findings of the tasks for which they are known, and the tasks that are to be asked for again. */
export interface Verdicts<Of extends Task> {
  readonly settled: readonly (readonly [task: Of, findings: readonly Finding[]])[];
  readonly again: readonly Of[];
}

/**
 * Says whose findings are whose. Where a package has no types, nothing else is told: only the tasks of such packages
 * are settled. What is said of a go.mod is said of all its module's packages, and what is said of no task's directory
 * of all: none of several must be told it ({@link hasStray}).
 */
export function verdicts<Of extends Task>(tasks: readonly Of[], findings: readonly Finding[]): Verdicts<Of> {
  const untyped = findings.filter(({ isTypeError }) => isTypeError);
  const said = untyped.length > 0 ? untyped : findings;
  const dirs = new Set(tasks.flatMap(({ packages }) => packages.map(({ dir }) => dir)));
  const isOf = (task: Of, { file }: Finding): boolean => {
    const dir = dirname(file);
    if (basename(file) === 'go.mod') return task.module.moduleDir === dir;
    return dirs.has(dir) ? task.packages.some((one) => one.dir === dir) : true;
  };
  const told = tasks.map((task) => [task, said.filter((finding) => isOf(task, finding))] as const);
  if (untyped.length === 0) return { settled: told, again: [] };
  const settled = told.filter(([, own]) => own.length > 0);
  // None can be blamed: to ask for the same again would say the same.
  if (settled.length === 0) return { settled: tasks.map((task) => [task, said] as const), again: [] };
  return { settled, again: told.filter(([, own]) => own.length === 0).map(([task]) => task) };
}

/**
 * Whether something is said of no task's directory, as of the places that `//line` names: which task it is about tells
 * only a linter that is asked for each alone.
 */
export function hasStray(tasks: readonly Task[], findings: readonly Finding[]): boolean {
  const dirs = new Set(tasks.flatMap(({ packages, module }) => [module.moduleDir, ...packages.map(({ dir }) => dir)]));
  return findings.some(({ file }) => !dirs.has(dirname(file)));
}

/** How a task ended, by the lines in which Nx lists a run's tasks. */
export type TaskEnd = 'ran' | 'cached' | 'failed';

/**
 * The tasks of a run by id, from what Nx prints without a terminal: a line for each that succeeded, such as
 * `✔  nx run web:build  [local cache]`, and at the end a list of those that failed.
 */
export function taskEnds(output: string): Record<string, TaskEnd> {
  const ends: Record<string, TaskEnd> = {};
  for (const [, task = '', note] of output.matchAll(/^✔\s+nx run (\S+)(?:\s+\[(.*)\])?\s*$/gm)) {
    ends[task] = note ? 'cached' : 'ran';
  }
  const failed = /^Failed tasks:\n\n((?:- .*\n)*)/m.exec(output)?.[1] ?? '';
  for (const [, task = ''] of failed.matchAll(/^- (\S+)$/gm)) ends[task] = 'failed';
  return ends;
}

/** The ids of the tasks that ended so, sorted. */
export function tasksThat(end: TaskEnd, ends: Readonly<Record<string, TaskEnd>>): string[] {
  return Object.keys(ends)
    .filter((task) => ends[task] === end)
    .sort();
}

/** The tasks that a run left out because what they wait for failed, sorted. */
export function notRun(output: string): string[] {
  const listed = /^Tasks not run because .*\n\n((?:- .*\n)*)/m.exec(output)?.[1] ?? '';
  return [...listed.matchAll(/^- (\S+)$/gm)].map(([, task = '']) => task).sort();
}

/** How a task ended, by the lines in which Nx lists a run's tasks. */
export type TaskEnd = 'ran' | 'cached' | 'failed';

/** The tasks of a run by id, from what Nx prints without a terminal: `✔  nx run web:build  [local cache]`. */
export function taskEnds(output: string): Record<string, TaskEnd> {
  const ends: Record<string, TaskEnd> = {};
  for (const [, sign, task = '', note] of output.matchAll(/^\s*([✔✖])\s+nx run (\S+)(?:\s+\[(.*)\])?\s*$/gmu)) {
    ends[task] = sign === '✖' ? 'failed' : note ? 'cached' : 'ran';
  }
  return ends;
}

/** The ids of the tasks that ended so, sorted. */
export function tasksThat(end: TaskEnd, ends: Readonly<Record<string, TaskEnd>>): string[] {
  return Object.keys(ends)
    .filter((task) => ends[task] === end)
    .sort();
}

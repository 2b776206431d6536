import type { ChangeMeasurement, Measurement } from '../../testing/measuring/measure.js';
import type { Truth } from '../../testing/truth/truth.js';

/** What a plugin made of one edit, counted in binaries and test packages. */
export interface Score {
  /** The result is another one, the hash is not: the cache would answer with the old result. */
  readonly stale: number;
  /** The result is another one, and `nx affected` does not select the task. */
  readonly missed: number;
  /** The hash moved and the result did not: built or tested in vain. */
  readonly inVain: number;
  /** There is no task for it. */
  readonly absent: number;
}

export const NOTHING: Score = { stale: 0, missed: 0, inVain: 0, absent: 0 };

/** What a plugin said of one edit. */
export interface Observation {
  readonly before: Measurement;
  readonly after: ChangeMeasurement;
  /** Whether `nx affected` selects by the tasks' inputs; else it selects whole projects. */
  readonly selectsTasks: boolean;
  /** Whether a file changed: `nx affected` compares files, and cannot see a setting. */
  readonly files: boolean;
}

/** The results that are another one after an edit, as `<directory>:<target>`. */
export function moved(before: Truth, after: Truth): string[] {
  return Object.keys(after).filter((unit) => after[unit] !== before[unit]);
}

/**
 * Counts for every result `<directory>:<target>` whether the plugin's task for it did what it should.
 *
 * @param units all results; @param altered those that are another one after the edit.
 */
export function score(units: readonly string[], altered: readonly string[], observation: Observation): Score {
  const { before, after, files } = observation;
  const total = { ...NOTHING };
  for (const unit of units) {
    const task = taskOf(unit, after);
    const hash = task && after.tasks[task]?.hash;
    if (!hash) {
      total.absent += 1;
    } else if (altered.includes(unit)) {
      if (hash === before.tasks[task]?.hash) total.stale += 1;
      if (files && !isSelected(task, observation)) total.missed += 1;
    } else if (hash !== before.tasks[task]?.hash) {
      total.inVain += 1;
    }
  }
  return total;
}

export function sum(scores: readonly Score[]): Score {
  return scores.reduce(
    (total, one) => ({
      stale: total.stale + one.stale,
      missed: total.missed + one.missed,
      inVain: total.inVain + one.inVain,
      absent: total.absent + one.absent,
    }),
    NOTHING,
  );
}

/**
 * The id of the task with a directory's target, whatever the plugin calls the directory's project; undefined without.
 */
export function taskOf(unit: string, { projects, tasks }: Measurement): string | undefined {
  const separator = unit.lastIndexOf(':');
  const root = unit.slice(0, separator);
  const name = Object.keys(projects).find((project) => projects[project] === root);
  const task = `${name}${unit.slice(separator)}`;
  return task in tasks ? task : undefined;
}

function isSelected(task: string, { after, selectsTasks }: Observation): boolean {
  return selectsTasks
    ? after.selectedTasks.includes(task)
    : after.selectedProjects.includes(task.slice(0, task.lastIndexOf(':')));
}

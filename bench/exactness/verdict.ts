import type { ChangeMeasurement, Measurement } from '../../e2e/measure/measure.js';
import { movedParts } from '../../e2e/measure/moved-parts.js';
import { FAILS, type Truth } from './truth/go-truth.js';

/** What a state of the workspace is to Nx and to go. */
export interface State {
  readonly measurement: Measurement;
  readonly truth: Truth;
}

/** What one mutation did, by task ids, each list sorted. */
export interface Verdict {
  /** Tasks of which hash and truth are known before and after, and go can build it at least once of the two. */
  readonly pairs: number;
  /** Truth moved, hash did not. */
  readonly stale: readonly string[];
  /** Hash or truth moved, and `nx affected` does not select it. */
  readonly missed: readonly string[];
  /**
   * Not selected, and not missed: the truth did not move, and the hash only because another project, whose manifest the
   * task holds, has other targets now.
   */
  readonly unselected: readonly string[];
  /** Hash moved, truth did not. */
  readonly needless: readonly string[];
  /** Selected, although nothing moved: cache hits. */
  readonly inVain: number;
  /** The hash is another one where Nx has no data of earlier states. */
  readonly unequal: readonly string[];
}

/**
 * Compares two states.
 *
 * @param visible whether git sees all that was changed: only then can anything be selected for it.
 * @param afresh the later state measured without earlier data, if it was.
 */
export function judge(
  before: State,
  after: State & { readonly measurement: ChangeMeasurement },
  visible: boolean,
  afresh: Measurement | undefined,
): Verdict {
  const tasks = Object.keys(after.measurement.tasks)
    .filter((task) => after.measurement.tasks[task]?.go)
    .sort();
  const moved = (task: string): boolean => hash(before, task) !== hash(after, task);
  const known = tasks.filter((task) => task in before.truth && task in after.truth);
  const pairs = known.filter((task) => before.truth[task] !== FAILS || after.truth[task] !== FAILS);
  const altered = (task: string): boolean => known.includes(task) && before.truth[task] !== after.truth[task];
  const selected = new Set(after.measurement.selectedTasks);
  const passedOver = visible ? tasks.filter((task) => (moved(task) || altered(task)) && !selected.has(task)) : [];
  const harmless = (task: string): boolean =>
    !altered(task) &&
    movedParts(before.measurement, after.measurement, task).every(
      (part) =>
        part.endsWith(':ProjectConfiguration') && !task.startsWith(part.slice(0, -'ProjectConfiguration'.length)),
    );
  return {
    pairs: pairs.length,
    stale: tasks.filter((task) => altered(task) && !moved(task) && after.measurement.tasks[task]?.cacheable),
    missed: passedOver.filter((task) => !harmless(task)),
    unselected: passedOver.filter(harmless),
    needless: pairs.filter((task) => moved(task) && !altered(task)),
    inVain: tasks.filter((task) => selected.has(task) && !moved(task) && !altered(task)).length,
    unequal: afresh ? tasks.filter((task) => hash(after, task) !== afresh.tasks[task]?.hash) : [],
  };
}

function hash({ measurement }: State, task: string): string | undefined {
  return measurement.tasks[task]?.hash;
}

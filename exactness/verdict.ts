import type { ChangeMeasurement, Measurement } from '../testing/measuring/measure.js';
import { movedParts } from '../testing/measuring/moved-parts.js';
import { FAILS, type Truth } from './truth/go-truth.js';

/** What a state of the workspace is to Nx and to go. */
export interface State {
  readonly measurement: Measurement;
  readonly truth: Truth;
}

/** What one mutation did, by task ids, each list sorted. */
export interface Verdict {
  /** Tasks whose hash and truth are known before and after, and go can build it at least once of the two. */
  readonly pairs: number;
  /** Truth moved, hash did not. */
  readonly stale: readonly string[];
  /** Hash or truth moved, and `nx affected` does not select it. */
  readonly missed: readonly string[];
  /**
   * Hash or truth moved, and it is not selected, in a way that is known and that Nx leaves no means to select: see
   * {@link isTargetsOfModule} and {@link isMendedTestFile}.
   */
  readonly unselected: readonly string[];
  /** Hash moved, truth did not. */
  readonly needless: readonly string[];
  /** How many of these have a hash again that they had before: Nx takes the result of then, and builds nothing. */
  readonly needlessHits: number;
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
 * @param isKnown whether a task could be built under that hash in an earlier state.
 */
export function judge(
  before: State,
  after: State & { readonly measurement: ChangeMeasurement },
  visible: boolean,
  afresh: Measurement | undefined,
  isKnown: (task: string, hash: string | undefined) => boolean = () => false,
): Verdict {
  const tasks = Object.keys(after.measurement.tasks)
    .filter((task) => after.measurement.tasks[task]?.go)
    .sort();
  const moved = (task: string): boolean => hash(before, task) !== hash(after, task);
  const compared = tasks.filter((task) => task in before.truth && task in after.truth);
  const pairs = compared.filter((task) => before.truth[task] !== FAILS || after.truth[task] !== FAILS);
  const altered = (task: string): boolean => compared.includes(task) && before.truth[task] !== after.truth[task];
  const selected = new Set(after.measurement.selected);
  const passedOver = visible ? tasks.filter((task) => (moved(task) || altered(task)) && !selected.has(task)) : [];
  const isUnselectable = (task: string): boolean => {
    const parts = movedParts(before.measurement, after.measurement, task);
    if (isTargetsOfModule(parts, task)) return !altered(task);
    const couldBuild = task in before.truth && before.truth[task] !== FAILS;
    return !couldBuild && isMendedTestFile(parts, after.measurement.changed);
  };
  const needless = pairs.filter((task) => moved(task) && !altered(task));
  return {
    pairs: pairs.length,
    stale: tasks.filter((task) => altered(task) && !moved(task) && after.measurement.tasks[task]?.cacheable),
    missed: passedOver.filter((task) => !isUnselectable(task)),
    unselected: passedOver.filter(isUnselectable),
    needless,
    needlessHits: needless.filter((task) => isKnown(task, hash(after, task))).length,
    inVain: tasks.filter((task) => selected.has(task) && !moved(task) && !altered(task)).length,
    unequal: afresh ? tasks.filter((task) => hash(after, task) !== afresh.tasks[task]?.hash) : [],
  };
}

/** The hash moved only because another project, whose manifest the task holds, has other targets now. */
function isTargetsOfModule(parts: readonly string[], task: string): boolean {
  const suffix = ':ProjectConfiguration';
  return parts.every((part) => part.endsWith(suffix) && !task.startsWith(part.slice(0, 1 - suffix.length)));
}

/**
 * A test file for which go refused the package can be read again: what stood for the error is gone, and the hash is the
 * one of before the break.
 */
function isMendedTestFile(parts: readonly string[], changed: readonly string[]): boolean {
  // The file sets that a task has for itself are one part of its hash.
  const ofError = (part: string): boolean => /^− go:error\/|^[−+] workspace:\[/.test(part);
  return changed.some((file) => file.endsWith('_test.go')) && parts.every(ofError);
}

function hash({ measurement }: State, task: string): string | undefined {
  return measurement.tasks[task]?.hash;
}

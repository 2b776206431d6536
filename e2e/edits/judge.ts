import type { ChangeMeasurement, Measurement } from '../../testing/measuring/measure.js';
import { movedParts } from '../../testing/measuring/moved-parts.js';
import type { Truth } from '../../testing/truth/truth.js';
import { but, type Edit } from './edit.js';

/** All that was measured of one edit. */
export interface Observation {
  readonly before: Measurement;
  readonly after: ChangeMeasurement;
  /** The same where Nx selects by projects: the plugin writes other edges and inputs then, with the same hashes. */
  readonly byProjects: ChangeMeasurement;
  /** The state after the edit again, with no data of an earlier graph, where it was measured. */
  readonly afresh: Measurement | undefined;
  /** Test tasks of packages that have no tests: held against the laws, and left out of the rows. */
  readonly withoutTests: readonly string[];
  readonly truthBefore: Truth;
  readonly truthAfter: Truth;
}

/** Task ids, each list sorted. */
export interface Verdict {
  /** Hash moved. */
  readonly moved: readonly string[];
  readonly selected: readonly string[];
  /** Bytes moved. */
  readonly altered: readonly string[];
  /** What breaks a law or differs from the row, one line each. */
  readonly faults: readonly string[];
}

/** Holds an observation against the laws (no stale hash, none missed) and against what its row expects exactly. */
export function judge(edit: Edit, expectedTasks: readonly string[], observation: Observation): Verdict {
  const { before, after, byProjects, afresh, truthBefore, truthAfter } = observation;
  const present = Object.keys(after.tasks);
  const allMoved = present.filter((task) => after.tasks[task]?.hash !== before.tasks[task]?.hash);
  const moved = but(allMoved, observation.withoutTests).sort();
  const altered = Object.keys(truthAfter)
    .filter((task) => truthAfter[task] !== truthBefore[task])
    .sort();
  const selected = but(after.selectedTasks, observation.withoutTests).sort();
  const needless = moved.filter((task) => task in truthAfter && !altered.includes(task));
  const inVain = but(selected, moved);
  const seen = edit.edit !== undefined && edit.unseen === undefined;

  const explain = (task: string) => `${task}: ${movedParts(before, after, task).join(', ')}`;
  const faults = [
    ...differences(
      'the graph',
      'has the task',
      'lacks the task',
      but(present.filter(isGo), observation.withoutTests),
      expectedTasks,
    ),
    ...but(altered, moved).map((task) => `STALE: the bytes moved, the hash did not: ${task}`),
    ...(seen
      ? but(allMoved, after.selectedTasks).map((task) => `MISSED: the hash moved, it is not selected: ${explain(task)}`)
      : []),
    ...(seen ? legacyMisses(byProjects, allMoved) : []),
    ...differences('the hash', 'moved needlessly for', 'should move for', moved, edit.moves, explain),
    ...differences('needless', 'but not listed:', 'listed, but it was needed:', needless, edit.needless?.tasks ?? []),
    ...differences('selection', 'takes in vain', 'does not take in vain', inVain, edit.selectedInVain?.tasks ?? []),
    ...differencesTo('where Nx selects by projects', after, byProjects),
    ...(afresh ? differencesTo('a machine without earlier data', after, afresh) : []),
  ];
  return { moved, selected, altered, faults };
}

function isGo(task: string): boolean {
  return task !== 'web:build';
}

function legacyMisses({ selectedProjects }: ChangeMeasurement, moved: readonly string[]): string[] {
  const projects = [...new Set(moved.map((task) => task.slice(0, task.lastIndexOf(':'))))];
  return but(projects, selectedProjects).map((project) => `MISSED by legacy selection: ${project}`);
}

function differencesTo(where: string, after: Measurement, other: Measurement): string[] {
  const present = Object.keys(after.tasks);
  const others = present.filter((task) => after.tasks[task]?.hash !== other.tasks[task]?.hash);
  return [
    ...others.map((task) => `${where} has another hash: ${task}: ${movedParts(other, after, task).join(', ')}`),
    ...but(Object.keys(other.tasks), present).map((task) => `${where} has the task ${task} too`),
  ];
}

function differences(
  subject: string,
  tooMany: string,
  tooFew: string,
  actual: readonly string[],
  expected: readonly string[],
  explain: (task: string) => string = (task) => task,
): string[] {
  return [
    ...but(actual, expected).map((task) => `${subject} ${tooMany} ${explain(task)}`),
    ...but(expected, actual).map((task) => `${subject} ${tooFew} ${task}`),
  ];
}

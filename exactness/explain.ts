import type { Measurement } from '../testing/measuring/measure.js';
import { movedParts } from '../testing/measuring/moved-parts.js';
import type { Verdict } from './verdict.js';

/** Parts of hashes that moved, by task: of what is a fault, and of one task that moved needlessly. */
export interface Explanation {
  readonly parts?: Readonly<Record<string, readonly string[]>>;
}

export function explain(
  verdict: Verdict,
  before: Measurement,
  after: Measurement,
  afresh: Measurement | undefined,
): Explanation {
  const compared = [...verdict.stale, ...verdict.missed, ...verdict.needless.slice(0, 1)];
  const parts = Object.fromEntries([
    ...compared.map((task) => [task, movedParts(before, after, task)]),
    ...(afresh ? verdict.unequal.map((task) => [task, movedParts(afresh, after, task)]) : []),
  ]);
  return Object.keys(parts).length ? { parts } : {};
}

import type { Settings } from '../../testing/measuring/measure.js';
import type { Explanation } from '../explain.js';
import type { Verdict } from '../verdict.js';

/** One mutation, and what came of it. */
export interface StepRecord extends Verdict, Explanation {
  readonly subject: string;
  readonly epoch: number;
  readonly step: number;
  readonly kind: string;
  /** Changed files; none of a mutation that takes others back. */
  readonly files: readonly string[];
  /** Settings in force after it. */
  readonly settings?: Settings;
  readonly milliseconds: number;
  /** What is wrong with the causes that `nx-gopher explain` gives, by task; nothing where nothing is. */
  readonly unexplained?: Readonly<Record<string, string>>;
}

/** What has to be the same for two runs to be the same. */
export interface RunKey {
  readonly subjects: readonly string[];
  readonly mutations: number;
  readonly seed: string;
  readonly builds: number | null;
  readonly tests: number | null;
}

export interface Report {
  readonly run: RunKey;
  readonly machine: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly complete: boolean;
  readonly totals: Totals;
  readonly kinds: Readonly<Record<string, Totals>>;
  /** Epochs that ran to their end, as `subject/number`: `--resume` does not run them again. */
  readonly epochs: readonly string[];
  readonly steps: readonly StepRecord[];
}

export interface Totals {
  readonly mutations: number;
  readonly pairs: number;
  readonly stale: number;
  readonly missed: number;
  readonly unselected: number;
  readonly unequal: number;
  readonly needless: number;
  readonly needlessHits: number;
  readonly inVain: number;
  readonly unexplained: number;
}

export function totalsOf(steps: readonly StepRecord[]): Totals {
  const sum = (count: (step: StepRecord) => number): number => steps.reduce((total, step) => total + count(step), 0);
  return {
    mutations: steps.length,
    pairs: sum(({ pairs }) => pairs),
    stale: sum(({ stale }) => stale.length),
    missed: sum(({ missed }) => missed.length),
    unselected: sum(({ unselected }) => unselected.length),
    unequal: sum(({ unequal }) => unequal.length),
    needless: sum(({ needless }) => needless.length),
    needlessHits: sum(({ needlessHits }) => needlessHits),
    inVain: sum(({ inVain }) => inVain),
    unexplained: sum(({ unexplained = {} }) => Object.keys(unexplained).length),
  };
}

/** Totals by kind, sorted by name. */
export function totalsByKind(steps: readonly StepRecord[]): Record<string, Totals> {
  const kinds = [...new Set(steps.map(({ kind }) => kind))].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, totalsOf(steps.filter((step) => step.kind === kind))]));
}

export function isFault({ stale, missed, unequal, unexplained }: StepRecord): boolean {
  return stale.length + missed.length + unequal.length > 0 || unexplained !== undefined;
}

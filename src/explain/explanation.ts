import type { Cause } from './causes/cause.js';

/** What would happen to a task if it ran now, or happened when it ran last. */
export type Verdict =
  /** A cache on this machine has its result. */
  | 'cached'
  /** Something moved its hash. */
  | 'changed'
  /** Its hash is the same, and this machine's cache has no result: it was cleared, evicted, or not used. */
  | 'not-kept'
  /** It failed last, with the same hash: failures are not cached. */
  | 'failed'
  /** This machine has not run it before, as far as is recorded. */
  | 'first'
  /** It runs each time: see `reasons`. */
  | 'not-cacheable';

/** Why a task runs, or does not. */
export interface Answer {
  readonly verdict: Verdict;
  /** For `changed`: what moved its hash, the most specific first. */
  readonly causes: readonly Cause[];
  /** For `not-cacheable`: why nothing is cached. */
  readonly reasons: readonly string[];
  /** What it is compared with; nothing where the task was not recorded. */
  readonly since?: RecordedRun;
}

/** A run of the task that was recorded. */
export interface RecordedRun {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly hash: string;
  /** The commit that was checked out; empty outside of git. */
  readonly commit: string;
  readonly milliseconds: number;
}

/** All that `nx-gopher explain <task>` tells of a task. */
export interface Explanation {
  readonly task: string;
  /** Nx's hash of the task as it is now. */
  readonly hash: string;
  /** What would happen now. */
  readonly now: Answer;
  /** Why it was no cache hit when it ran last; nothing where it was not recorded. */
  readonly last?: Answer & { readonly run: RecordedRun };
}

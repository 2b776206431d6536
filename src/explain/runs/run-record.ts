import type { RecordedPart } from '../parts/recorded-part.js';

/** A task that ran: what a cache answered is not recorded. */
export interface TaskRecord {
  /** As Nx writes it: `project:target` or `project:target:configuration`. */
  readonly task: string;
  /** Nx's hash of the task. */
  readonly hash: string;
  readonly success: boolean;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** Empty where Nx hashed the task another way. */
  readonly parts: readonly RecordedPart[];
}

/** A run of Nx in which a Go task was not answered by a cache. */
export interface RunRecord {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** The commit that was checked out; empty outside of git. */
  readonly commit: string;
  readonly tasks: readonly TaskRecord[];
}

/** The parts of all tasks of runs, each once. */
export function partsOf(runs: readonly RunRecord[]): ReadonlySet<RecordedPart> {
  return new Set(runs.flatMap(({ tasks }) => tasks.flatMap(({ parts }) => parts)));
}

import { importPathOf, type BuildLog } from '../../go/process/build-events.js';
import type { Closures, LoadError } from '../../go/listing/closures.js';
import type { ReadyTask } from '../task/task.js';

/** What go's messages mean for one task of those that shared a go process. */
export interface Blame {
  /** Whether a package in the task's closure failed. */
  readonly guilty: boolean;
  /** Whether the messages found name the file of a task that shares the missing import, not the file of this one. */
  readonly foreign: boolean;
  /** The messages of the packages in the task's closure, as go prints them. */
  readonly text: string;
}

/** Reads out of go's messages those that belong to a task: of packages in the closure of what it works on. */
export function blame(task: ReadyTask, log: BuildLog, closures: Closures): Blame {
  const closure = new Set(task.packages.flatMap(({ importPath }) => [...closures.of(importPath)]));
  const mine = (id: string): boolean => closure.has(importPathOf(id));
  const errors = closures.errors.filter((error) => closure.has(error.package));
  // Go names a missing package once, with the first file that imports it.
  const unsaid = errors.filter((error) => log.textOf(error.package) === '');
  return {
    guilty: errors.length > 0 || [...log.failed].some(mine),
    foreign: errors.some((error) => isForeign(error, closure)),
    // A package and its test variants carry the same error.
    text: log.text(mine) + [...new Set(unsaid.map((error) => error.text))].join(''),
  };
}

function isForeign(error: LoadError, closure: ReadonlySet<string>): boolean {
  return error.importStack.some((path) => !closure.has(importPathOf(path)));
}

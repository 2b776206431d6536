import { createHash } from 'node:crypto';

import type { GoTarget, Measurement } from '../testing/measuring/measure.js';

/** How many tasks of each kind are built after each mutation; all where nothing is said. */
export interface SampleSize {
  readonly builds: number | undefined;
  readonly tests: number | undefined;
}

/**
 * The tasks whose truth is told: those drawn from the first state, and every task that came later.
 * Hashes and selection are judged for all tasks.
 */
export class Sample {
  private left: ReadonlySet<string> | undefined;

  constructor(
    private readonly seed: string,
    private readonly size: SampleSize,
  ) {}

  of({ tasks }: Measurement): Record<string, GoTarget> {
    const goTasks = Object.entries(tasks).flatMap(([task, { go }]): [string, GoTarget][] => (go ? [[task, go]] : []));
    this.left ??= new Set([
      ...this.leftOut(goTasks, 'build', this.size.builds),
      ...this.leftOut(goTasks, 'test', this.size.tests),
    ]);
    return Object.fromEntries(goTasks.filter(([task]) => !this.left?.has(task)));
  }

  private leftOut(tasks: readonly [string, GoTarget][], kind: GoTarget['kind'], size = Infinity): string[] {
    const rank = (task: string): string => createHash('sha256').update(`${this.seed}\0${task}`).digest('hex');
    return tasks
      .filter(([, go]) => go.kind === kind)
      .map(([task]) => task)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(size);
  }
}

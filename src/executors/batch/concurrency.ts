import { availableParallelism } from 'node:os';

/** How many go processes run at once: each of them keeps all cores busy by itself when there is enough to compile. */
export const GO_PROCESSES = Math.min(3, availableParallelism());

/** Does the work on each item, at most `limit` at a time, in order; the first failure is thrown when all have ended. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  });
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

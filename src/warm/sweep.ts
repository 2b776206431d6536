import { interrupted } from '../go/process/interruption.js';
import { messageOf } from '../message-of.js';
import { StoreError, type Store } from './store/store.js';

/** Failures after which a store is left alone for the rest of the run. */
const MOST_FAILURES = 3;

/** Whether a store is still worth a request, and what it was left alone for: told once. */
export class StoreHealth {
  #failures = 0;
  #problem: string | undefined;

  constructor(private readonly warn: (problem: string) => void) {}

  get isGivenUp(): boolean {
    return this.#problem !== undefined;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(error: unknown): void {
    this.#failures++;
    const isLasting = error instanceof StoreError && error.isLasting;
    if (isLasting || this.#failures >= MOST_FAILURES) this.giveUp(messageOf(error));
  }

  giveUp(problem: string): void {
    if (this.#problem === undefined) this.warn(problem);
    this.#problem ??= problem;
  }
}

/**
 * Does something with a store for each item, as many side by side as it is worth, until all is done, the store is given
 * up, the time is over, or the run is interrupted.
 *
 * @param limit milliseconds: what has not begun by then is left out.
 * @param work throws StoreError where the store fails.
 */
export async function sweep<Item>(
  items: readonly Item[],
  store: Pick<Store, 'width' | 'name'>,
  health: StoreHealth,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const end = Date.now() + limit;
  const left = [...items].reverse();
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined && !health.isGivenUp && !interrupted(); item = left.pop()) {
      if (Date.now() > end)
        return health.giveUp(`${store.name} is too slow: it did not do in ${limit / 1000} s what was to be done`);
      try {
        await work(item);
        health.succeeded();
      } catch (error) {
        health.failed(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(store.width, items.length) }, worker));
}

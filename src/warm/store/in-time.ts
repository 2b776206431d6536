import { StoreError } from './store.js';

/** What is said of a store that takes longer than so many milliseconds. */
export function tooLate(name: string, milliseconds: number): StoreError {
  return new StoreError(`${name} did not answer in ${milliseconds / 1000} s`);
}

/**
 * Works with a store for no longer than so many milliseconds. The signal tells the work that nobody waits any more; it
 * need not heed it.
 *
 * @param name of the store.
 * @throws StoreError when the time is over, and whatever the work throws.
 */
export async function inTime<Result>(
  name: string,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(tooLate(name, milliseconds));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What Nx 24 has and Nx 23 has not. */
interface ReadySignal {
  emitReadySignal(url?: string): boolean;
}

/**
 * Tells Nx that the task of this process is ready, for tasks that wait for it; once. Nx 23 starts those as soon as the
 * task has started, and is told nothing. `@nx/devkit` has the function too, and takes a tenth of a second to load.
 *
 * @param url where the program answers, if it does: the tasks that waited get it as NX_READY_URL.
 */
export async function tellReady(url: string | undefined): Promise<void> {
  const signal = await import('nx/src/tasks-runner/readiness/ready-signal.js').catch(() => undefined);
  (signal as ReadySignal | undefined)?.emitReadySignal(url);
}

/** Milliseconds before the first word about something slow, and between two of them. */
const PATIENCE = 5_000;

/**
 * Says on stderr that something is under way once it takes long, and again every few seconds.
 *
 * @returns a function that ends the announcements.
 */
export function announceProgress(what: string): () => void {
  const started = Date.now();
  const timer = setInterval(() => {
    process.stderr.write(`nx-gopher: ${what}: ${Math.round((Date.now() - started) / 1000)} s so far\n`);
  }, PATIENCE);
  timer.unref();
  return () => clearInterval(timer);
}

/** Milliseconds before the first word about something slow, and between two of them. */
const PATIENCE = 5_000;

/**
 * Says on stderr that something is under way once it takes long, and again every few seconds.
 *
 * @param detail what it is at then; empty when nothing is to be said of that.
 * @returns a function that ends the announcements.
 */
export function announceProgress(what: string, detail: () => string): () => void {
  const started = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stderr.write(`nx-gopher: ${what}: ${seconds} s so far${detail() && `, ${detail()}`}\n`);
  }, PATIENCE);
  timer.unref();
  return () => clearInterval(timer);
}

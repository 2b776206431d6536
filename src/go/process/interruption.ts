import { constants } from 'node:os';

/** Something that must not outlive this process: a group of child processes, a directory of half-written files. */
export interface Guarded {
  /** Asks it to end, and waits a little; called first. */
  readonly stop?: () => Promise<void>;
  /** Ends or removes it at once, synchronously; called last, also when the process exits on its own. */
  readonly abandon: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const guarded = new Set<Guarded>();
/** Milliseconds that other listeners of a signal get to end the process. */
const OTHERS = 1000;

let stopping = false;

/**
 * Ends `thing` when this process is interrupted, exits, or loses the process that forked it. Call the returned
 * function when it is gone anyway; the process's listeners live only as long as something is guarded.
 */
export function guard(thing: Guarded): () => void {
  if (guarded.size === 0) listen();
  guarded.add(thing);
  return () => {
    if (guarded.delete(thing) && guarded.size === 0) unlisten();
  };
}

function listen(): void {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('exit', abandonAll);
  // Nx killed hard closes the channel of its batch worker and sends no signal.
  if (process.connected) process.on('disconnect', onDisconnect);
}

function unlisten(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off('exit', abandonAll);
  process.off('disconnect', onDisconnect);
}

function onSignal(signal: NodeJS.Signals): void {
  void stopAll().then(() => {
    // Alone, we end as the signal would have ended us. Other listeners may wait for us to do so as we do for them.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    else setTimeout(() => process.exit(128 + constants.signals[signal]), OTHERS).unref();
  });
}

function onDisconnect(): void {
  void stopAll().then(() => process.exit(1));
}

/** Whether this process was told to end: nothing new is to be started. */
export function interrupted(): boolean {
  return stopping;
}

async function stopAll(): Promise<void> {
  // A second signal changes nothing: what was asked to end is killed in a moment.
  if (stopping) return;
  stopping = true;
  await Promise.allSettled([...guarded].map(async (thing) => thing.stop?.()));
  abandonAll();
  unlisten();
  guarded.clear();
}

function abandonAll(): void {
  for (const thing of guarded) {
    try {
      thing.abandon();
    } catch {
      // The process ends: the others still have their turn.
    }
  }
}

import { interrupted } from '../go/process/interruption.js';

/** Milliseconds between two looks at whether the process that started this one still runs. */
const LOOK = 1000;

/**
 * Ends this process, as SIGTERM does, when the process that started it has gone without a word: Nx that was killed
 * closes its channel to us, or the terminal that it gave us; if neither is noticed, this process gets another parent.
 */
export function onLostParent(): void {
  const parent = process.ppid;
  const end = (): void => {
    if (!interrupted()) process.kill(process.pid, 'SIGTERM');
  };
  process.once('disconnect', end);
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK).unref();
}

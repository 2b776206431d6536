import { existsSync, readFileSync } from 'node:fs';

import { KINDS } from './mutations/kinds.js';
import type { ProofOptions } from './options.js';
import { conclusion, table } from './report/print.js';
import { isFault, type Report, type RunKey, type StepRecord } from './report/record.js';
import { Session, type SubjectSource } from './session.js';

/**
 * Makes a proof over workspaces and prints what came of it: progress and faults on standard error, the table and the
 * conclusion on standard output.
 *
 * @param again the command that makes the epoch of a step again, stops at the first fault, and keeps the copy.
 * @returns the exit code: 0, 1 when anything is stale, missed, unequal or unexplained, 130 when it was interrupted.
 * @throws Error when nothing could be compared.
 */
export async function conduct(
  options: ProofOptions,
  sources: readonly SubjectSource[],
  again: (record: StepRecord) => string,
): Promise<number> {
  const run: RunKey = {
    subjects: sources.map(({ name }) => name),
    mutations: options.mutations,
    seed: options.seed,
    builds: options.builds ?? null,
    tests: options.tests ?? null,
  };
  const kinds = KINDS.filter(({ name }) => !options.without.some((start) => name.startsWith(start)));
  const session = new Session({ ...options, again }, run, sources, kinds, earlier(options, run));
  const wasInterrupted = stopOnInterrupt(session);
  const limit = stopInTime(session, options.timeLimit);
  const report = await session.finish();
  clearTimeout(limit);
  const compared = report.totals.pairs > 0;
  if (compared) console.log(`${table(report)}\n\n${conclusion(report)}`);
  if (options.report !== undefined) console.log(`Report: ${options.report}`);
  if (wasInterrupted()) return 130;
  if (!compared) throw new Error('the run ended before anything was compared. Give it more time, or more --mutations.');
  return report.steps.some(isFault) ? 1 : 0;
}

/** Ctrl-C ends the run after the mutations under way, and the second time at once. */
function stopOnInterrupt(session: Session): () => boolean {
  let interrupted = false;
  const interrupt = (): void => {
    if (interrupted) process.exit(130);
    interrupted = true;
    console.error('Stopping after the mutations under way; press Ctrl-C again to stop at once.');
    session.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return () => interrupted;
}

function stopInTime(session: Session, minutes: number | undefined): NodeJS.Timeout | undefined {
  if (minutes === undefined) return undefined;
  const stop = (): void => {
    console.error(`${minutes} min are over: stopping after the mutations under way.`);
    session.stop();
  };
  return setTimeout(stop, minutes * 60_000);
}

function earlier({ resume, report }: ProofOptions, run: RunKey): Report | undefined {
  if (!resume || report === undefined || !existsSync(report)) return undefined;
  const previous = JSON.parse(readFileSync(report, 'utf8')) as Report;
  if (JSON.stringify(previous.run) === JSON.stringify(run)) return previous;
  throw new Error(
    `${report} is of another run (${JSON.stringify(previous.run)}): give another --report, or no --resume`,
  );
}

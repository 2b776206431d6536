import { messageOf } from '../../message-of.js';
import type { GoSession } from '../task/session.js';
import type { GoTask, Outcome } from '../task/task.js';

/** The result of a task as Nx takes it from a batch executor. */
export interface TaskEnd {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly status: 'success' | 'failure' | 'skipped';
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/** Nx only lists what it does not run; which failure it was that stopped a package, is said where it happened. */
export function withConsequence({ id, archivesAfter }: GoTask, outcome: Outcome): Outcome {
  if (outcome.success || archivesAfter.length === 0) return outcome;
  return {
    ...outcome,
    text: `${outcome.text}\n${id} failed, so these are not packaged: ${archivesAfter.join(', ')}\n`,
  };
}

/** What a task made is sealed before anybody hears of it: nothing is made of it earlier, and Nx caches it later. */
export async function sealed(task: GoTask, reported: Outcome, session: GoSession): Promise<Outcome> {
  try {
    return (await session.sealing?.sealed(task, reported)) ?? reported;
  } catch (error) {
    return { success: false, text: `${reported.text}${messageOf(error)}\n` };
  }
}

/** Turns what came of a task into what Nx is told. */
export function taskEnd(task: string, { success, text }: Outcome, startTime: number): TaskEnd {
  return {
    task,
    result: {
      success,
      status: success ? 'success' : 'failure',
      terminalOutput: text,
      startTime,
      endTime: Date.now(),
    },
  };
}

/** The end of a task that was not run. */
export function skippedEnd(task: string): TaskEnd {
  const now = Date.now();
  return { task, result: { success: false, status: 'skipped', terminalOutput: '', startTime: now, endTime: now } };
}

import { readFileSync } from 'node:fs';

/** When a task began and ended, in milliseconds since 1970, as its executor told Nx; as Nx saw it for other tasks. */
export interface TaskTimes {
  readonly start: number;
  readonly end: number;
}

/**
 * The times of the tasks of a run by id, from the file that NX_PROFILE named. Nx puts it into the directory that the
 * command ran in.
 *
 * @throws Error for a task that has no times.
 */
export function taskTimes(profile: string): (task: string) => TaskTimes {
  const events = JSON.parse(readFileSync(profile, 'utf8')) as { name: string; ph: string; ts: number; dur: number }[];
  return (task) => {
    const event = events.find(({ name, ph }) => name === task && ph === 'X');
    if (!event) throw new Error(`${task} is not in ${profile}`);
    return { start: event.ts / 1000, end: (event.ts + event.dur) / 1000 };
  };
}

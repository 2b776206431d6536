import { readdirSync, readFileSync } from 'node:fs';

/** In /proc/…/stat, after the name in parentheses: state, parent, process group. */
const STAT = /\) (\S) \d+ (\d+) /;

/**
 * Whether a process of a group still runs. One that has ended counts as a member until its parent asks how: where
 * orphans go to a process that does not, as in a container without an init process, that is never.
 */
export function groupRuns(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || readdirSync('/proc').some((name) => /^\d+$/.test(name) && runsIn(name, group));
}

function runsIn(pid: string, group: number): boolean {
  try {
    const [, state = '', of] = STAT.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return of === String(group) && !'ZX'.includes(state);
  } catch {
    // It is gone.
    return false;
  }
}

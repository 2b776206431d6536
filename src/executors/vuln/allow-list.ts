import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { messageOf } from '../../message-of.js';

/** A vulnerability that is accepted for a while. */
export interface Allowed {
  readonly id: string;
  readonly reason: string;
  /** The last day, `YYYY-MM-DD`, in UTC. */
  readonly until: string;
}

const NAMES = ['id', 'reason', 'until'];
const EXAMPLE = '{ "id": "GO-2026-0001", "reason": "we call it with constants only", "until": "2026-12-31" }';

/**
 * Reads the file of accepted vulnerabilities: a JSON array.
 *
 * @throws Error that names the file, the entry and what is right.
 */
export function readAllowList(workspaceRoot: string, path: string): Allowed[] {
  const list = parsed(workspaceRoot, path);
  if (!Array.isArray(list)) throw new Error(`${path} must hold a list of entries such as ${EXAMPLE}.`);
  const problems = list.flatMap((entry, index) => {
    const problem = problemOf(entry) ?? (isTwice(list, index) ? 'has the id of an earlier entry' : undefined);
    return problem === undefined ? [] : [`${path}: entry ${index + 1} ${problem}.`];
  });
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\nAn entry is written so: ${EXAMPLE}`);
  return list as Allowed[];
}

/** Whether an entry no longer holds on a day, given as `YYYY-MM-DD`. */
export function isExpired({ until }: Allowed, day: string): boolean {
  return until < day;
}

/** The day of now, in UTC. */
export function today(now = new Date()): string {
  return now.toISOString().slice(0, 10);
}

function parsed(workspaceRoot: string, path: string): unknown {
  try {
    const file = join(workspaceRoot, path);
    // A named pipe would keep the reader waiting for ever.
    if (!statSync(file).isFile()) throw new Error('it is no file');
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The list of accepted vulnerabilities, ${path}, cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return `is ${JSON.stringify(entry)}`;
  const { id, reason, until } = entry as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(entry).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) return `has "${unknown}", which is none of ${NAMES.join(', ')}`;
  if (typeof id !== 'string' || !/^GO-\d{4}-\d{4,}$/.test(id))
    return `has the id ${JSON.stringify(id)}, where one such as GO-2026-0001 is wanted`;
  if (typeof reason !== 'string' || reason.trim() === '') return `(${id}) has no reason`;
  return isDay(until)
    ? undefined
    : `(${id}) has until ${JSON.stringify(until)}, where a day such as 2026-12-31 is wanted`;
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  // 30 February would else be a day in March.
  return !Number.isNaN(time) && today(new Date(time)) === value;
}

function isTwice(list: readonly unknown[], index: number): boolean {
  const idAt = (at: number): unknown => (Object(list[at]) as { readonly id?: unknown }).id;
  return list.slice(0, index).some((_, earlier) => idAt(earlier) === idAt(index));
}

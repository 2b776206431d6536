import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import type { Environment } from '../../testing/workspace/command.js';

/** Milliseconds between two looks at the processes. */
const PAUSE = 50;

/** The most memory that processes held at a time, in bytes. */
export interface PeakMemory {
  /** Together; what several of them share, such as the code of Node, is counted once. */
  readonly all: number;
  /** Of the process that a command names among its arguments. */
  readonly named: number;
}

/**
 * Runs a command, and measures the memory that it and the processes that it starts hold. Linux only.
 *
 * @param name an argument of the process that is also measured by itself.
 * @throws Error when it fails.
 */
export async function peakMemory(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
  name: string,
): Promise<PeakMemory> {
  const child = spawn(file, args, { cwd, env, stdio: 'ignore' });
  const peak = { all: 0, named: 0 };
  const timer = setInterval(() => {
    const tree = processesBelow(child.pid ?? 0);
    peak.all = Math.max(peak.all, memoryOf(tree));
    peak.named = Math.max(peak.named, memoryOf(tree.filter((pid) => hasArgument(pid, name))));
  }, PAUSE);
  const code = await new Promise((resolve) => child.on('close', resolve)).finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} (in ${cwd}) exited with ${String(code)}`);
  return peak;
}

function processesBelow(root: number): number[] {
  const processes = readdirSync('/proc').flatMap((name) => {
    const parent = /^\d+$/.test(name) ? numberIn(`/proc/${name}/status`, 'PPid') : undefined;
    return parent === undefined ? [] : { pid: Number(name), parent };
  });
  const tree = new Set([root]);
  // Twice, for one that is listed before the process that started it.
  for (let round = 0; round < 2; round++) for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  return [...tree];
}

/** What processes hold in memory, in bytes; what they share is counted once. Linux only. */
export function memoryOf(processes: readonly number[]): number {
  return processes.reduce((all, pid) => all + (numberIn(`/proc/${pid}/smaps_rollup`, 'Pss') ?? 0) * 1024, 0);
}

function hasArgument(pid: number, name: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(name);
  } catch {
    // It has ended since.
    return false;
  }
}

/** The number that stands in a file of /proc under a name; undefined once the process has ended. */
function numberIn(file: string, field: string): number | undefined {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return undefined;
  }
}

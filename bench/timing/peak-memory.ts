import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import type { Environment } from '../../testing/workspace/command.js';

/** Milliseconds between two looks at the processes. */
const PAUSE = 20;

/**
 * Runs a command, and measures the most that it and the processes that it starts hold in memory at a time, in bytes:
 * what is shared between them is counted once for each. Linux only.
 *
 * @throws Error when it fails.
 */
export async function peakMemory(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
): Promise<number> {
  const child = spawn(file, args, { cwd, env, stdio: 'ignore' });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, memoryOf(child.pid ?? 0))), PAUSE);
  const code = await new Promise((resolve) => child.on('close', resolve)).finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} (in ${cwd}) exited with ${String(code)}`);
  return peak;
}

function memoryOf(root: number): number {
  const processes = readdirSync('/proc').flatMap((name) => processOf(name) ?? []);
  const tree = new Set([root]);
  // Twice, for one that is listed before the process that started it.
  for (let round = 0; round < 2; round++) for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  return processes.reduce((sum, { pid, bytes }) => sum + (tree.has(pid) ? bytes : 0), 0);
}

function processOf(name: string): { pid: number; parent: number; bytes: number } | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { pid: Number(name), parent: number('PPid'), bytes: number('VmRSS') * 1024 };
  } catch {
    // It has ended since.
    return undefined;
  }
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

import { workspaceRoot } from '@nx/devkit';

const USAGE = `Usage: nx-gopher run <project>[:target[:configuration]] [-- <arguments of the program>]

Does what \`nx run <project>:run\` does, and ends with the exit code of the program; Nx ends with 1 for
every task that fails. Where the program does not get to run, the exit code is Nx's.`;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the program of a project through Nx.
 *
 * @returns the program's exit code: 128 and the signal's number for one that a signal has ended.
 * @throws Error when the arguments are wrong.
 */
export async function run(args: readonly string[]): Promise<number> {
  const end = args.indexOf('--');
  const [name, ...others] = end < 0 ? args : args.slice(0, end);
  if (name === '--help' || name === '-h') {
    console.log(USAGE);
    return 0;
  }
  if (name === undefined || name.startsWith('-') || others.length > 0)
    throw new Error(`Name one project, and write the program's arguments after --.\n\n${USAGE}`);
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-run-'));
  const file = join(folder, 'exit-code');
  try {
    const [project, target = 'run', ...configuration] = name.split(':');
    const task = [project, target, ...configuration].join(':');
    const code = await runNx(['run', task, '--', `--exitCodeFile=${file}`, ...(end < 0 ? [] : args.slice(end + 1))]);
    return exitCodeIn(file) ?? code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function exitCodeIn(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    // The program has not been started.
    return undefined;
  }
}

/** Runs Nx on this process's terminal, as if it had been called itself. */
function runNx(args: readonly string[]): Promise<number> {
  const nx = createRequire(join(workspaceRoot, 'package.json')).resolve('nx');
  const child = spawn(process.execPath, [nx, ...args], { cwd: process.cwd(), stdio: 'inherit' });
  // A terminal sends Ctrl-C to Nx, too; other signals reach this process alone.
  const pass = (signal: NodeJS.Signals): void => void (signal === 'SIGINT' || child.kill(signal));
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

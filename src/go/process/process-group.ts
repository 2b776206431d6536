import { spawnSync } from 'node:child_process';

import { environmentOfGo, processRunner, type GoCommand, type GoRunOptions } from './command.js';
import { guard, interrupted } from './interruption.js';

/** Milliseconds that go and its children get to end after an interrupt. */
const GRACE = 3000;

/** What came of a go process whose standard output was read line by line. */
export interface GoGroupResult {
  readonly exitCode: number;
  /** Whether it did not end by itself; its exit code is 1 then. */
  readonly isKilled: boolean;
  readonly stderr: string;
}

/**
 * Runs go in a process group of its own and hands over each line of its standard output.
 *
 * @throws Error when this process was interrupted: nothing is started any more.
 *
 * Why a group: go leaves its compilers and test binaries running when it is terminated, and it waits for a test binary
 * that nobody interrupted. So an interrupt goes to the whole group, and what still lives after a grace period is
 * killed.
 */
export async function runGoGroup(
  go: GoCommand,
  args: readonly string[],
  options: GoRunOptions,
  onLine: (line: string) => void,
): Promise<GoGroupResult> {
  const { execa } = await processRunner();
  if (interrupted()) throw new Error('Interrupted.');
  const subprocess = execa(go.path, [...args], {
    cwd: options.cwd,
    env: environmentOfGo(options.env),
    buffer: { stdout: false, stderr: true },
    cleanup: false,
    detached: process.platform !== 'win32',
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    windowsHide: true,
  });
  const pid = subprocess.pid;
  const release =
    pid === undefined
      ? () => undefined
      : guard({
          stop: async () => {
            signalGroup(pid, 'SIGINT');
            await Promise.race([subprocess, new Promise((done) => setTimeout(done, GRACE).unref())]);
          },
          abandon: () => signalGroup(pid, 'SIGKILL'),
        });
  try {
    for await (const line of subprocess.iterable()) onLine(String(line));
    const result = await subprocess;
    const failure = result.exitCode === undefined ? (result.shortMessage ?? 'go did not run') : '';
    const isKilled = result.exitCode === undefined;
    return { exitCode: result.exitCode ?? 1, isKilled, stderr: String(result.stderr ?? '') || failure };
  } finally {
    release();
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    // Windows has no groups and no SIGINT to send: the tree is ended at once.
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

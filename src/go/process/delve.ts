import { processRunner } from './command.js';

/**
 * The command that runs Delve: `dlv` on PATH, else the tool of that name in the go.mod that is in force in a directory.
 *
 * @throws Error with the remedy where there is neither.
 */
export async function findDelve(cwd: string): Promise<readonly [string, ...string[]]> {
  const { execa } = await processRunner();
  const commands = [['dlv'], ['go', 'tool', 'dlv']] as const;
  for (const [file, ...args] of commands) {
    const { exitCode } = await execa(file, [...args, 'version'], { cwd, reject: false, stdin: 'ignore' });
    if (exitCode === 0) return [file, ...args];
  }
  throw new Error(
    'Delve was not found, neither dlv on PATH nor as a tool of the go.mod. ' +
      'Install it: go install github.com/go-delve/delve/cmd/dlv@latest\n',
  );
}

/** Delve's command line for a program that starts at once, and whose debugger takes clients at a port. */
export function underDelve(
  [delve, ...tool]: readonly [string, ...string[]],
  port: number,
  file: string,
  args: readonly string[],
): readonly [string, ...string[]] {
  const flags = ['--headless', `--listen=127.0.0.1:${port}`, '--api-version=2', '--accept-multiclient', '--continue'];
  return [delve, ...tool, 'exec', ...flags, file, ...(args.length ? ['--', ...args] : [])];
}

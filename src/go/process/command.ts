import type * as Execa from 'execa';
import { coerce, lt } from 'semver';

import { SIGNING_KEY_VARIABLE, TOKEN_VARIABLE } from '../../secret-variables.js';

/** The oldest go command the plugin works with: the first whose `go build` knows `-json`. */
export const MINIMUM_GO_VERSION = '1.24.0';

/** The go command that was found, and the version of its toolchain, e.g. `go1.26.8`. */
export interface GoCommand {
  readonly path: string;
  readonly version: string;
  /** GOTMPDIR, where go works; the system's temporary folder when it is empty or not given. */
  readonly workFolder?: string;
}

/** Where and with what a go process runs. `env` is laid over the environment of this process. */
export interface GoRunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the process is ended; none by default. */
  readonly timeout?: number;
  /** Called with each line that the process prints on standard error, as it comes. */
  readonly onMessage?: (line: string) => void;
}

export interface GoResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Thrown where Go is needed and there is no usable go command; the message holds the remedy. */
export class GoNotUsableError extends Error {
  override readonly name = 'GoNotUsableError';
}

/**
 * Finds the go command on PATH (of `env`) and checks its version.
 *
 * The version is that of the installed command: no toolchain switch of a go.mod counts here.
 *
 * @throws GoNotUsableError when there is no go command or it is older than {@link MINIMUM_GO_VERSION}.
 */
export async function findGo(cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<GoCommand> {
  const { execa } = await processRunner();
  const result = await execa('go', ['env', 'GOVERSION', 'GOTMPDIR'], {
    cwd,
    env: { ...env, GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  if (result.exitCode === undefined) {
    throw new GoNotUsableError(
      `The go command was not found on PATH. Install Go ${MINIMUM_GO_VERSION} or later (https://go.dev/dl) and open a new terminal.`,
    );
  }
  const [version = '', workFolder = ''] = result.stdout.trim().split('\n');
  if (result.exitCode !== 0) {
    throw new GoNotUsableError(`\`go env GOVERSION\` failed: ${result.stderr.trim()}`);
  }
  const parsed = coerce(version);
  if (parsed && lt(parsed, MINIMUM_GO_VERSION)) {
    throw new GoNotUsableError(
      `The go command on PATH is ${version}; nx-gopher needs Go ${MINIMUM_GO_VERSION} or later (https://go.dev/dl).`,
    );
  }
  return { path: 'go', version, workFolder };
}

/**
 * What is laid over the environment of this process for go: tests that it runs are to see no key that results are
 * signed with, and no token with which the store of compiled packages is written.
 */
export function environmentOfGo(env: GoRunOptions['env']): Record<string, string | undefined> {
  return { ...env, [SIGNING_KEY_VARIABLE]: undefined, [TOKEN_VARIABLE]: undefined };
}

/**
 * execa, loaded when a process is first started: most computations of the project graph start none, and loading it
 * takes longer than all else that they do.
 */
export function processRunner(): Promise<typeof Execa> {
  return import('execa');
}

/**
 * Runs a go process to its end, with an argument array (never a shell). A failing exit code is a result, not an
 * exception.
 */
export async function runGo(go: GoCommand, args: readonly string[], options: GoRunOptions): Promise<GoResult> {
  const { execa } = await processRunner();
  const { onMessage } = options;
  const watched =
    onMessage &&
    function* (line: unknown) {
      onMessage(String(line));
      yield line;
    };
  const result = await execa(go.path, [...args], {
    cwd: options.cwd,
    ...(watched ? { stderr: watched } : {}),
    env: environmentOfGo(options.env),
    ...(options.timeout ? { timeout: options.timeout } : {}),
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  return {
    exitCode: result.exitCode ?? 1,
    stdout: String(result.stdout ?? ''),
    stderr: String(result.stderr || (result.exitCode === undefined ? result.shortMessage : '') || ''),
    timedOut: result.timedOut,
  };
}

/** Runs a go process to its end and hands over each line of its standard error; none of it is kept. */
export async function readMessages(
  go: GoCommand,
  args: readonly string[],
  options: GoRunOptions,
  onLine: (line: string) => void,
): Promise<number> {
  const { execa } = await processRunner();
  const subprocess = execa(go.path, [...args], {
    cwd: options.cwd,
    env: environmentOfGo(options.env),
    buffer: false,
    reject: false,
    stdin: 'ignore',
    stdout: 'ignore',
  });
  for await (const line of subprocess.iterable({ from: 'stderr' })) onLine(String(line));
  return (await subprocess).exitCode ?? 1;
}

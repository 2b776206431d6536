import { execa } from 'execa';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams as they came. */
  readonly output: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Runs a command under exactly the given environment; a failing exit code is a result. */
export async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
): Promise<CommandResult> {
  const result = await execa(file, [...args], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (result.exitCode === undefined) throw new Error(`${file} ${args.join(' ')} (in ${cwd}): ${result.shortMessage}`);
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr, output: result.all };
}

/** As {@link run}, and throws with the whole output when the command fails. */
export async function mustRun(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
): Promise<CommandResult> {
  const result = await run(file, args, cwd, env);
  if (result.exitCode !== 0) {
    throw new Error(`${file} ${args.join(' ')} (in ${cwd}) exited with ${result.exitCode}:\n${result.output}`);
  }
  return result;
}

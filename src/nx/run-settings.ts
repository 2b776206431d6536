import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What a run of Nx was told that concerns how its tasks run. */
export interface RunSettings {
  /** How many tasks may run at once; undefined where nobody said so, and Nx takes 3. */
  readonly parallel?: number;
  /** Whether nothing new is to start after a failure. */
  readonly bail: boolean;
}

/**
 * What Nx was told by its command line, its variables and nx.json.
 *
 * Nx hands neither to the process in which it runs a task or a batch, so the command line is read from the system: Nx
 * is the process that started this one. Where it cannot be read (on Windows), the variables and nx.json count alone.
 */
export function runSettings(nxJson: { readonly parallel?: unknown } | undefined): RunSettings {
  return settingsIn(parentCommandLine(), process.env, nxJson?.parallel);
}

/**
 * The settings that Nx takes from these, see `readParallelFromArgsAndEnv` and `withRunOptions` in Nx's
 * command-line/yargs-utils/shared-options.js. What follows `--` is not Nx's.
 *
 * @param ofNxJson the key `parallel` of nx.json.
 */
export function settingsIn(
  commandLine: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  ofNxJson: unknown,
): RunSettings {
  const end = commandLine.indexOf('--');
  const args = end === -1 ? commandLine : commandLine.slice(0, end);
  const parallel = parallelIn(args, env['NX_PARALLEL']) ?? numberOf(ofNxJson);
  const bail = valueOf(args, ['nxBail', 'nx-bail']) ?? env['NX_BAIL'];
  return { ...(parallel === undefined ? {} : { parallel }), bail: bail === 'true' || bail === '' };
}

function parallelIn(args: readonly string[], variable: string | undefined): number | undefined {
  const given = valueOf(args, ['parallel']);
  if (given === 'false') return 1;
  if (given !== undefined && given !== '' && given !== 'true') return numberOf(given);
  // The bare flag says no more than that there is a default.
  const isOn = given !== undefined || variable;
  return isOn ? numberOf(valueOf(args, ['maxParallel', 'max-parallel']) ?? variable) : undefined;
}

/** The last value of an option: `false` for `--no-…`, empty where it has none. */
function valueOf(args: readonly string[], names: readonly string[]): string | undefined {
  let value: string | undefined;
  for (const [index, arg] of args.entries()) {
    const match = /^--(no-)?([\w-]+)(?:=(.*))?$/.exec(arg);
    if (!match || !names.includes(match[2] ?? '')) continue;
    const next = args[index + 1];
    const isNext = match[1] === undefined && next !== undefined && /^(\d+%?|true|false)$/.test(next);
    value = match[1] ? 'false' : (match[3] ?? (isNext ? next : ''));
  }
  return value;
}

function numberOf(value: unknown): number | undefined {
  const [, digits, percent] = /^(\d+)(%)?$/.exec(String(value)) ?? [];
  if (digits === undefined) return undefined;
  const count = percent ? (availableParallelism() * Number(digits)) / 100 : Number(digits);
  return Math.max(1, Math.floor(count));
}

/** The command line of the process that started this one; empty where the system does not tell. */
function parentCommandLine(): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').split('\0');
    if (process.platform === 'win32') return [];
    // Blanks within an argument are no matter: no option that counts here has one.
    const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(process.ppid)], { encoding: 'utf8' });
    return stdout.trim().split(/\s+/);
  } catch {
    return [];
  }
}

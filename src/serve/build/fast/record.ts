import { join, sep } from 'node:path';

import { BuildScript } from '../../../go/actions/build-script.js';
import { HashTrace } from '../../../go/actions/hash-trace.js';
import { readMessages, runGo, type GoCommand } from '../../../go/process/command.js';
import { recordedPackages, linksOf, type Traced } from './record-packages.js';
import { recordMain, type BuiltMain } from './record-main.js';
import { versionOf, type RecordedMain, type Recording } from './recording.js';

/** Programs that one `go build` has just built. */
export interface RecordRequest {
  readonly go: GoCommand;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly mains: readonly BuiltMain[];
}

/** Go would refuse to write into it, were it to write. */
const NOWHERE = `nx-gopher-nowhere${sep}`;
/** What can make go do something else, or with something else than it says. */
const UNFIT_FLAGS = /^--?(a|n|x|work|overlay|toolexec|compiler|linkshared|cover\w*|buildvcs=(true|auto))\b/;

/**
 * Records how go builds programs: what it would run, and what it makes the ids of its results from.
 *
 * @throws Error that says why nothing could be recorded.
 */
export async function record(request: RecordRequest): Promise<Recording> {
  const settings = await settingsOf(request);
  const flags = [...request.flags, ...(settings['GOFLAGS'] ?? '').split(/\s+/)];
  const unfit = flags.find((flag) => UNFIT_FLAGS.test(flag));
  if (unfit !== undefined) throw new Error(`the flag ${unfit} is given`);
  const trace = new HashTrace();
  const now = new BuildScript();
  const whole = new BuildScript();
  const { GODEBUG = process.env['GODEBUG'] ?? '' } = request.env;
  const env = { ...request.env, GODEBUG: `${GODEBUG ? `${GODEBUG},` : ''}gocachehash=1` };
  await script(request, ['-n'], env, (line) => (line.startsWith('HASH') ? trace : now).add(line));
  await script(request, ['-n', '-a'], request.env, (line) => whole.add(line));
  return recordingOf(request, { settings, trace, now, whole });
}

async function settingsOf({ go, cwd, env }: RecordRequest): Promise<Record<string, string>> {
  const { exitCode, stdout } = await runGo(go, ['env', '-json'], { cwd, env });
  if (exitCode !== 0) throw new Error('go env fails');
  return JSON.parse(stdout) as Record<string, string>;
}

async function script(
  { go, cwd, flags, mains }: RecordRequest,
  own: readonly string[],
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<void> {
  const patterns = mains.map(({ pattern }) => pattern);
  const args = ['build', ...own, '-o', join(cwd, NOWHERE), ...flags, '--', ...patterns];
  if ((await readMessages(go, args, { cwd, env }, onLine)) !== 0) throw new Error('go build -n fails');
}

function recordingOf({ cwd, env, mains }: RecordRequest, traced: Traced): Recording {
  const links = linksOf(traced.now);
  const { packages, unknown } = recordedPackages(traced, links);
  const refused = new Map<string, string>();
  const recorded = new Map<string, RecordedMain>();
  for (const main of mains) {
    const link = links.get(main.importPath);
    const action = traced.trace.actions.get(`link ${main.importPath}`);
    const made =
      link && action ? recordMain(main, { ...link, action }, packages, unknown) : 'go does not show its link';
    if (typeof made === 'string') refused.set(main.importPath, made);
    else recorded.set(main.importPath, made);
  }
  const commands = [
    ...[...recorded.values()].map(({ link }) => link),
    ...[...packages.values()].flatMap(({ compile }) => (typeof compile === 'string' ? [] : compile)),
  ];
  const files = new Set([traced.settings['GOENV'] ?? '', ...commands.flatMap(({ words }) => words.slice(0, 1))]);
  const versions = new Map([...files].map((file) => [file, versionOf(file)] as const));
  return { cwd, env: { ...env, ...traced.settings, PWD: cwd }, packages, mains: recorded, refused, versions };
}

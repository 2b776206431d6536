import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { ownExecutor } from '../../facts/target-kinds.js';
import { splitWords } from '../../go/configuration/words.js';
import type { ConversionContext } from './conversion-context.js';
import { withoutUndefined } from './members.js';
import type { OldProject, OldTarget } from './old-projects.js';
import { listOption, type Options, type Peer } from './peer.js';
import { otherKeys } from './spread-target.js';
import { write, type Writes } from './writes.js';

/** What nx-gopher calls the target that it infers. */
const NAME = 'serve';

/**
 * Turns a target that ran `go run` into nx-gopher's `serve`, which runs the same program and restarts it.
 *
 * @returns what the target is now; undefined where it stays a command: for another tool than go, another package than
 *   the project's own, flags, words that a shell reads, and what is kept in a cache.
 */
export function convertServe(
  project: OldProject,
  target: OldTarget,
  context: ConversionContext,
  writes: Writes,
): string | undefined {
  const { name, kind, written, isWritten } = target;
  const {
    options = {},
    configurations = {},
    cache,
    outputs = [],
    continuous,
  } = written as TargetConfiguration<Options>;
  const isOneShot = cache === true || outputs.length > 0 || continuous === false;
  if (kind !== 'serve' || isOneShot || !isMain(project)) return undefined;
  const base = programOptions(options, project, context.peer);
  const named = Object.entries(configurations).map(
    ([of, one]) => [of, programOptions({ ...options, ...one }, project, context.peer)] as const,
  );
  if (!base || named.some(([, one]) => !one)) return undefined;
  const wanted = withoutUndefined({
    ...(name === NAME ? {} : { executor: ownExecutor(NAME), continuous: true }),
    ...otherKeys(project, target, context),
    options: Object.keys(base).length ? base : undefined,
    configurations: named.length ? Object.fromEntries(named.map(([of, one]) => [of, overlay(base, one)])) : undefined,
  });
  if (isWritten || Object.keys(wanted).length) write(writes, project.root, name, wanted);
  return ownExecutor(NAME);
}

function isMain({ root, module }: OldProject): boolean {
  return module?.mains.some((dir) => posix.join(module.dir, dir) === root) ?? false;
}

/** A peer's options as nx-gopher's; undefined where they say what it cannot. */
function programOptions(options: Options, project: OldProject, peer: Peer): Options | undefined {
  const { cmd = 'go', flags } = options;
  const args = wordsOf(listOption(options['args']), peer);
  const program = peer.program(options, project);
  if (cmd !== 'go' || listOption(flags).length > 0 || !args || !program) return undefined;
  const { cwd, env } = program;
  return withoutUndefined({ args: args.length ? args : undefined, cwd: cwd === project.root ? undefined : cwd, env });
}

/** Words that a peer hands to a shell, as a shell splits them. */
function wordsOf(args: readonly string[], { usesShell }: Peer): readonly string[] | undefined {
  if (!usesShell) return args;
  const text = args.join(' ');
  return /[$`\\;|&<>*?~(){}[\]#!]/.test(text) ? undefined : splitWords(text);
}

/** A configuration takes back what the options say and it does not. */
function overlay(base: Options, full: Options = {}): Options {
  const differs = (name: string): boolean => JSON.stringify(base[name]) !== JSON.stringify(full[name]);
  const names = [...new Set([...Object.keys(base), ...Object.keys(full)])].filter(differs);
  const neutral: Options = { args: [], env: {} };
  return Object.fromEntries(names.map((name) => [name, full[name] ?? neutral[name]]));
}

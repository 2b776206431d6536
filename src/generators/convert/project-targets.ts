import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { buildOptions, overlay } from './go-options.js';
import { without } from './members.js';
import { listOption, type Options, type Peer, type PeerKind } from './peer.js';

/** Options and named configurations of a target, as nx-gopher takes them. */
type Converted = Pick<TargetConfiguration, 'options' | 'configurations'>;

/** The options of nx-gopher's test for those of the peer's, whose paths are relative to the project. */
export function testOptions(options: Options, projectRoot: string, isConfiguration = false): Options {
  const { cover, coverProfile, race, run, verbose, count, timeout, tags } = options;
  /** In a configuration, false takes back what the options say. */
  const toggle = (name: string, value: unknown) =>
    value || (isConfiguration && value === false) ? { [name]: value } : {};
  return {
    ...toggle('cover', cover),
    ...(coverProfile ? { coverProfile: posix.join(projectRoot, String(coverProfile)) } : {}),
    ...toggle('race', race),
    ...(run ? { run } : {}),
    ...toggle('verbose', verbose),
    ...(Number(count) > 0 ? { count } : {}),
    ...(timeout ? { timeout } : {}),
    ...(listOption(tags).length ? { tags: listOption(tags) } : {}),
  };
}

/** A test target's options and configurations. */
export function testTarget({ options, configurations }: TargetConfiguration, projectRoot: string): Converted {
  const named = entries(configurations).map(([name, one]) => [name, testOptions(one, projectRoot, true)] as const);
  return compact(testOptions((options ?? {}) as Options, projectRoot), named);
}

/** A tidy target's options and configurations: they have the same names. */
export function tidyTarget({ options, configurations }: TargetConfiguration): Converted {
  return compact((options ?? {}) as Options, entries(configurations));
}

/**
 * A build target's options and configurations.
 *
 * @param outputPath where the binary goes under given peer options; undefined where nx-gopher puts it by itself.
 * @throws NotConvertible when flags cannot be said without a shell.
 */
export function buildTarget(
  { options, configurations }: TargetConfiguration,
  peer: Peer,
  outputPath: (options: Options) => string | undefined,
): Converted & { readonly notes: readonly string[] } {
  const oldOptions = (options ?? {}) as Options;
  const base = buildOptions(oldOptions, peer.usesShell);
  const notes = [...base.notes];
  const path = outputPath(oldOptions);
  const named = entries(configurations).map(([name, one]) => {
    const mapped = buildOptions(one, peer.usesShell);
    notes.push(...mapped.notes);
    const replaces = { flags: 'flags' in one, env: 'env' in one };
    const ownPath = 'outputPath' in one ? outputPath({ ...oldOptions, ...one }) : undefined;
    return [
      name,
      { ...overlay(base.options, mapped.options, replaces), ...(ownPath ? { outputPath: ownPath } : {}) },
    ] as const;
  });
  return { ...compact({ ...base.options, ...(path ? { outputPath: path } : {}) }, named), notes };
}

/**
 * A target that runs the peer's command through nx:run-commands. Nothing is inferred for it, so all that was written
 * stays. A `serve` with results to keep ends by itself; any other runs until it is stopped.
 */
export function commandTarget(
  written: TargetConfiguration,
  kind: PeerKind,
  peer: Peer,
  projectRoot: string,
): TargetConfiguration | undefined {
  const { options, configurations, cache, outputs } = written;
  const base = peer.command(kind, (options ?? {}) as Options, projectRoot);
  if (!base) return undefined;
  const isOneShot = cache === true || (outputs ?? []).length > 0;
  const named = entries(configurations).map(
    ([name, one]) => [name, { ...peer.command(kind, { ...options, ...one }, projectRoot) }] as const,
  );
  return {
    ...(kind.startsWith('serve') && !isOneShot ? { continuous: true } : {}),
    ...(kind === 'lint' ? { cache: true, inputs: ['default', '^default'] } : {}),
    ...without(written, 'executor', 'options', 'configurations'),
    executor: 'nx:run-commands',
    ...compact({ ...base }, named),
  };
}

function entries(configurations: TargetConfiguration['configurations']): [string, Options][] {
  return Object.entries((configurations ?? {}) as Record<string, Options>);
}

function compact(options: Options, named: readonly (readonly [string, Options])[]): Converted {
  return {
    ...(Object.keys(options).length ? { options } : {}),
    ...(named.length ? { configurations: Object.fromEntries(named) } : {}),
  };
}

import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { buildOptions, overlay } from './go-options.js';
import { listOption, type Options, type Peer, type PeerKind } from './peer.js';

/** Options and named configurations of a target, as nx-gopher takes them. */
type Converted = Pick<TargetConfiguration, 'options' | 'configurations'>;

/** The options of nx-gopher's test for those of the peer's, whose paths are relative to the project. */
export function testOptions(options: Options, projectRoot: string): Options {
  const { cover, coverProfile, race, run, verbose, count, timeout, tags } = options;
  return {
    ...(cover ? { cover } : {}),
    ...(coverProfile ? { coverProfile: posix.join(projectRoot, String(coverProfile)) } : {}),
    ...(race ? { race } : {}),
    ...(run ? { run } : {}),
    ...(verbose ? { verbose } : {}),
    ...(Number(count) > 0 ? { count } : {}),
    ...(timeout ? { timeout } : {}),
    ...(listOption(tags).length ? { tags: listOption(tags) } : {}),
  };
}

/** A test target's options and configurations. */
export function testTarget({ options, configurations }: TargetConfiguration, projectRoot: string): Converted {
  const named = entries(configurations).map(([name, one]) => [name, testOptions(one, projectRoot)] as const);
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

/** A target that runs the peer's command through nx:run-commands. */
export function commandTarget(
  { options, configurations }: TargetConfiguration,
  kind: PeerKind,
  peer: Peer,
): TargetConfiguration | undefined {
  const base = peer.command(kind, (options ?? {}) as Options);
  if (!base) return undefined;
  const named = entries(configurations).map(
    ([name, one]) => [name, { ...peer.command(kind, { ...options, ...one }) }] as const,
  );
  return {
    ...(kind.startsWith('serve') ? { continuous: true } : {}),
    ...(kind === 'lint' ? { cache: true, inputs: ['default', '^default'] } : {}),
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

import type { TargetConfiguration } from '@nx/devkit';

import type { OldTarget } from './old-projects.js';
import type { Options, PeerKind } from './peer.js';

/** The options of the peers that a conversion takes over, by kind of target. */
const READ: Readonly<Partial<Record<PeerKind, readonly string[]>>> = {
  build: ['main', 'outputPath', 'compiler', 'flags', 'env', 'buildMode'],
  test: ['cover', 'coverProfile', 'race', 'run', 'verbose', 'count', 'timeout', 'tags'],
  lint: ['linter', 'args'],
  tidy: ['args'],
  serve: ['cmd', 'main', 'flags', 'args', 'cwd', 'env'],
  'serve-air': ['cmd', 'config', 'args', 'cwd'],
  generate: ['args', 'flags', 'env', 'cwd', 'main'],
};
/** What a build says once for all its configurations. */
const ONCE = ['main', 'compiler'];

/** The options of a target that have no counterpart, each as `name` or `configuration.name` with its value. */
export function unreadOptions({ kind, written }: OldTarget): string[] {
  const { options, configurations } = written as Pick<TargetConfiguration, 'options' | 'configurations'>;
  const read = READ[kind] ?? [];
  const perConfiguration = kind === 'build' ? read.filter((name) => !ONCE.includes(name)) : read;
  return [
    ...unread(options as Options | undefined, read, ''),
    ...Object.entries(configurations ?? {}).flatMap(([name, one]) =>
      unread(one as Options, perConfiguration, `${name}.`),
    ),
  ];
}

function unread(options: Options | undefined, read: readonly string[], prefix: string): string[] {
  return Object.entries(options ?? {})
    .filter(([name]) => !read.includes(name))
    .map(([name, value]) => `${prefix}${name}=${JSON.stringify(value)}`);
}

import { resolve } from 'node:path';

import { compileFlags, flagWithoutBuildId } from '../flags/compile-flags.js';
import { splitWords } from '../../go/configuration/words.js';
import type { BuildExecutorOptions } from './schema.js';

/**
 * The flags of `go build` for a target.
 *
 * `-trimpath -buildvcs=false` unless the options say otherwise: such binaries are the same in every directory and at
 * every commit with the same sources, which is what makes them worth caching. Both are always given, because GOFLAGS
 * may hold the opposite.
 *
 * @param goflags the GOFLAGS in force where the closure uses cgo (its linker flags are to be kept), else undefined.
 */
export function buildFlags(
  options: BuildExecutorOptions,
  workspaceRoot: string,
  goflags: string | undefined,
): string[] {
  const { trimpath = true, buildvcs = false, buildmode, pgo, verbose, args } = options;
  const withoutBuildId = goflags === undefined ? undefined : flagWithoutBuildId(options, goflags);
  return [
    ...(verbose ? ['-v'] : []),
    trimpath ? '-trimpath' : '-trimpath=false',
    `-buildvcs=${buildvcs}`,
    ...compileFlags(options),
    ...(buildmode ? [`-buildmode=${buildmode}`] : []),
    ...(pgo === undefined ? [] : [`-pgo=${pgo === 'auto' || pgo === 'off' ? pgo : resolve(workspaceRoot, pgo)}`]),
    ...splitWords(args),
    ...(withoutBuildId === undefined ? [] : [withoutBuildId]),
  ];
}

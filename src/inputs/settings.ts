import type { TargetConfiguration } from '@nx/devkit';

import { ARCHITECTURE_SETTINGS } from '../go/architecture-settings.js';
import type { BuildConfiguration } from '../go/build-configuration.js';
import type { ModuleGroup } from '../workspace/workspace.js';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Settings that enter every compile or link; none of them holds a path of the machine. */
const SETTINGS = [
  'GOVERSION',
  'GOOS',
  'GOARCH',
  ...ARCHITECTURE_SETTINGS,
  'CGO_ENABLED',
  'GOFLAGS',
  'GOEXPERIMENT',
  'GOFIPS140',
];

const CGO_SETTINGS = [
  'CC',
  'CXX',
  'CGO_CPPFLAGS',
  'CGO_CFLAGS',
  'CGO_CXXFLAGS',
  'CGO_FFLAGS',
  'CGO_LDFLAGS',
  'PKG_CONFIG',
];

/**
 * The toolchain and the settings, read when Nx hashes: a toolchain upgraded under a running daemon counts at once.
 *
 * @param group where the toolchain is in force.
 * @param compilers CC and CXX of a closure that holds cgo; they are asked for their versions.
 */
export function settingsInputs(group: ModuleGroup, compilers: readonly string[]): Inputs {
  const ofGroup = known.get(group) ?? new Map<string, Inputs>();
  known.set(group, ofGroup);
  const id = compilers.join('\0');
  const inputs = ofGroup.get(id) ?? writeSettings(group, compilers);
  ofGroup.set(id, inputs);
  return inputs;
}

/** By compilers: most targets have the same. */
const known = new WeakMap<ModuleGroup, Map<string, Inputs>>();

function writeSettings(group: ModuleGroup, compilers: readonly string[]): Inputs {
  const chdir = group.dir === '.' ? '' : `-C ${shellWord(group.dir)} `;
  return [
    { runtime: `go ${chdir}env ${SETTINGS.join(' ')}${withoutNeutralMod(group)}` },
    // Not among the settings that `go env` knows.
    { env: 'GO_EXTLINK_ENABLED' },
    ...(compilers.length ? [{ runtime: `go ${chdir}env ${CGO_SETTINGS.join(' ')}` }] : []),
    ...compilers.map((compiler) => ({ runtime: `${compiler} --version` })),
  ];
}

/**
 * Takes a `-mod` out of GOFLAGS that changes no build: many have one set for all they do, and would share no cache with
 * others. Without a vendor directory it only tells go whether it may mend go.mod, and what does not load without that is not cached.
 * A go.work refuses `-mod=mod`.
 */
function withoutNeutralMod({ hasVendor, workFile }: ModuleGroup): string {
  if (hasVendor || process.platform === 'win32') return '';
  const neutral = workFile ? 'readonly' : '(readonly|mod)';
  // A line with quotes may hold the text in another flag's value.
  return ` | sed -E "/['\\"]/!s/(^| )--?mod=${neutral}//;s/^ //"`;
}

/** The compilers of the build configurations, each once. */
export function compilersOf(configurations: readonly BuildConfiguration[]): string[] {
  return [...new Set(configurations.flatMap(({ compilers }) => compilers))];
}

/** Nx hands the command to a shell; a directory's name must not be more to it than a word. */
function shellWord(dir: string): string {
  if (/^[\w./@+,:-]+$/.test(dir)) return dir;
  return process.platform === 'win32' ? `"${dir}"` : `'${dir.replaceAll("'", `'\\''`)}'`;
}

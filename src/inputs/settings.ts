import { architectureSetting } from '../go/configuration/architecture-settings.js';
import type { Inputs } from './embed-patterns.js';
import type { BuildConfiguration } from '../go/configuration/build-configuration.js';

/** Settings that enter every compile or link; none of them holds a path of the machine. */
const SETTINGS = [
  ...['GOVERSION', 'GOOS', 'GOARCH', 'CGO_ENABLED', 'GOFLAGS', 'GOEXPERIMENT', 'GOFIPS140'],
  // Not among those that `go env` lists, but it knows it.
  'GO_EXTLINK_ENABLED',
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
 * @param dir where the module's (or go.work's) toolchain is in force, relative to the workspace's root.
 * @param configurations the build configurations that the target can run under.
 * @param compilers CC and CXX of a closure that holds cgo; they are asked for their versions.
 * @param variables those of the environment that options refer to.
 */
export function settingsInputs(
  dir: string,
  configurations: readonly BuildConfiguration[],
  compilers: readonly string[],
  variables: readonly string[],
): Inputs {
  const variants = configurations.flatMap(({ goarch }) => architectureSetting(goarch)?.name ?? []);
  const settings = [...SETTINGS, ...new Set(variants)];
  const id = JSON.stringify([dir, settings, compilers, variables]);
  const inputs = inputsById.get(id) ?? [...writeSettings(dir, settings, compilers), ...variableInputs(variables)];
  inputsById.set(id, inputs);
  return inputs;
}

/** The variables that options refer to, as Nx hashes them: with the `.env` files of the task. */
export function variableInputs(names: readonly string[]): Inputs {
  return names.map((env) => ({ env }));
}

/** By directory, settings, compilers and variables: most targets have the same. */
const inputsById = new Map<string, Inputs>();

function writeSettings(dir: string, settings: readonly string[], compilers: readonly string[]): Inputs {
  const chdir = dir === '.' ? '' : `-C ${shellWord(dir)} `;
  return [
    { runtime: `go ${chdir}env ${settings.join(' ')}` },
    ...(compilers.length ? [{ runtime: `go ${chdir}env ${CGO_SETTINGS.join(' ')}` }] : []),
    ...compilers.map((compiler) => ({ runtime: `${compiler} --version` })),
  ];
}

/** The compilers of the build configurations, each once. */
export function compilersOf(configurations: readonly BuildConfiguration[]): string[] {
  return [...new Set(configurations.flatMap(({ compilers }) => compilers))];
}

/** Nx hands the command to a shell; a directory's name must not be more to it than a word. */
export function shellWord(dir: string): string {
  if (/^[\w./@+,:-]+$/.test(dir)) return dir;
  return process.platform === 'win32' ? `"${dir}"` : `'${dir.replaceAll("'", `'\\''`)}'`;
}

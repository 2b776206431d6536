import { resolve } from 'node:path';

/**
 * What docs/executors.md says of the options of builds and tests, as far as they reach a binary. The plugin has no part
 * in it: were it to lose an option, the truth would show it.
 */
export interface DocumentedOptions {
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[] | string;
  readonly cgo?: boolean;
  readonly race?: boolean;
  readonly msan?: boolean;
  readonly asan?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly ldflags?: readonly string[] | string;
  readonly gcflags?: readonly string[] | string;
  readonly asmflags?: readonly string[] | string;
  readonly buildmode?: string;
  readonly trimpath?: boolean;
  readonly buildvcs?: boolean | 'auto';
  readonly pgo?: string;
  readonly args?: readonly string[] | string;
}

/** What a build takes its flags from. */
export interface FlagSource {
  readonly options: DocumentedOptions;
  /** The workspace's root, which paths in options are relative to. */
  readonly root: string;
  /** GOFLAGS as it is in force. */
  readonly goflags: string;
  /** Whether code outside the standard library uses cgo. */
  readonly cgo: boolean;
}

/** "Build configuration": what the options set in the environment. */
export function documentedEnvironment({ goos, goarch, cgo, env }: DocumentedOptions): Record<string, string> {
  return {
    ...env,
    ...(goos ? { GOOS: goos } : {}),
    ...(goarch ? { GOARCH: goarch } : {}),
    ...(cgo === undefined ? {} : { CGO_ENABLED: cgo ? '1' : '0' }),
  };
}

/** "build": `go build -trimpath -buildvcs=false`, with `-ldflags=-buildid=` where the program holds cgo. */
export function buildFlags({ options, root, goflags, cgo }: FlagSource): string[] {
  const { trimpath = true, buildvcs = false, buildmode, pgo } = options;
  const linker = cgo ? [linkerFlagsInForce(options, goflags), '-buildid='].filter(Boolean).join(' ') : undefined;
  return [
    `-trimpath=${trimpath}`,
    `-buildvcs=${buildvcs}`,
    ...sharedFlags(options),
    ...(buildmode ? [`-buildmode=${buildmode}`] : []),
    ...(pgo ? [`-pgo=${/^(auto|off)$/.test(pgo) ? pgo : resolve(root, pgo)}`] : []),
    ...words(options.args),
    ...(linker === undefined ? [] : [`-ldflags=${linker}`]),
  ];
}

/**
 * "test": the flags under which `go test -c` gives the binary that `go test` runs, which has no debug information. With
 * -trimpath, which matters not to a test that runs where it was built, it shares compiled packages with the builds.
 */
export function testFlags({ options, goflags, cgo }: FlagSource): string[] {
  const linker = [linkerFlagsInForce(options, goflags), '-s -w', cgo ? '-buildid=' : ''].filter(Boolean).join(' ');
  return ['-trimpath', '-buildvcs=false', ...sharedFlags(options), ...words(options.args), `-ldflags=${linker}`];
}

function sharedFlags(options: DocumentedOptions): string[] {
  const toggles = (['race', 'msan', 'asan'] as const).filter((name) => options[name] !== undefined);
  const lists = (['ldflags', 'gcflags', 'asmflags'] as const).filter((name) => options[name] !== undefined);
  return [
    ...(options.tags === undefined ? [] : [`-tags=${[options.tags].flat().join(',')}`]),
    ...toggles.map((name) => `-${name}=${options[name]}`),
    ...lists.map((name) => `-${name}=${[options[name]].flat().join(' ')}`),
  ];
}

/** The last `-ldflags` is the one that go takes: of the arguments, else of the option, else of GOFLAGS. */
function linkerFlagsInForce({ args, ldflags }: DocumentedOptions, goflags: string): string {
  const beforeArgs = [...words(goflags), ...(ldflags === undefined ? [] : [`-ldflags=${[ldflags].flat().join(' ')}`])];
  const flags = [...beforeArgs, ...words(args)];
  const at = flags.findLastIndex((word) => /^--?ldflags(=|$)/.test(word));
  if (at < 0) return '';
  const word = flags[at] as string;
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : (flags[at + 1] ?? '');
}

/** A list as it is; a text split at blanks, with quotes as a shell takes them. */
function words(value: readonly string[] | string | undefined): string[] {
  if (typeof value !== 'string') return [...(value ?? [])];
  const tokens = value.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return tokens.map((word) => word.replace(/(['"])(.*?)\1/g, '$2'));
}

import { ARCHITECTURE_SETTINGS, architectureSetting } from './architecture-settings.js';
import { runGo, type GoCommand } from '../process/command.js';

/**
 * The options of a target that decide which files a package is made of. Every executor takes them under these names,
 * and so do the plugin's options and a project's project.json.
 */
export interface BuildConfigurationOptions {
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[] | string;
  readonly cgo?: boolean;
  readonly race?: boolean;
  readonly msan?: boolean;
  readonly asan?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** The names of these options, in the order in which they are written down. */
export const BUILD_CONFIGURATION_OPTIONS = [
  ...(['goos', 'goarch', 'tags', 'cgo', 'race', 'msan', 'asan', 'env'] as const),
] satisfies readonly (keyof BuildConfigurationOptions)[];
/** Those that turn an instrumentation of the compiler on, each with a flag of its name. */
export const SANITIZERS = ['race', 'msan', 'asan'] as const;

/** The part of an executor's options that decides which files a package is made of, in a fixed order. */
export function buildConfigurationOptions(options: Readonly<Record<string, unknown>>): BuildConfigurationOptions {
  const names = BUILD_CONFIGURATION_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** What build constraints are evaluated against: the options, laid over the go command's own settings. */
export interface BuildConfiguration {
  readonly goos: string;
  readonly goarch: string;
  /** GOAMD64, GOARM … of the architecture, e.g. `v1`: it sets build tags such as `amd64.v2`. */
  readonly variant: string;
  readonly cgo: boolean;
  readonly tags: readonly string[];
  readonly race: boolean;
  readonly msan: boolean;
  readonly asan: boolean;
  readonly experiment: string;
  /** CC and CXX: they choose no files, but a closure with cgo is compiled by them. */
  readonly compilers: readonly string[];
}

/** The environment that the options ask for, to be laid over that of the process. */
export function buildEnvironment(options: BuildConfigurationOptions): Record<string, string> {
  return {
    ...options.env,
    ...(options.goos ? { GOOS: options.goos } : {}),
    ...(options.goarch ? { GOARCH: options.goarch } : {}),
    ...(options.cgo === undefined ? {} : { CGO_ENABLED: options.cgo ? '1' : '0' }),
  };
}

/** The command line flags that the options ask for. `tags` given, even empty, replaces a `-tags` in GOFLAGS. */
export function buildConfigurationFlags(options: BuildConfigurationOptions): string[] {
  const flags: string[] = [];
  if (options.tags !== undefined) flags.push(`-tags=${splitTags(options.tags).join(',')}`);
  for (const name of SANITIZERS) {
    if (options[name] !== undefined) flags.push(`-${name}=${options[name]}`);
  }
  return flags;
}

/** Tags as a sorted list without doubles; go takes them separated by commas or blanks. */
export function splitTags(tags: readonly string[] | string): string[] {
  const list = typeof tags === 'string' ? [tags] : tags;
  return [...new Set(list.flatMap((tag) => tag.split(/[\s,]+/)).filter(Boolean))].sort();
}

/**
 * Asks the go command for the settings in force in `cwd` and lays the options over them.
 *
 * @param env laid over the process's environment before the options (e.g. GOWORK).
 * @throws Error with go's message when `go env` fails, e.g. for an unknown GOOS/GOARCH pair.
 */
export async function resolveBuildConfiguration(
  go: GoCommand,
  options: BuildConfigurationOptions,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<BuildConfiguration> {
  const names = ['GOOS', 'GOARCH', 'CGO_ENABLED', 'GOFLAGS', 'GOEXPERIMENT', 'CC', 'CXX', ...ARCHITECTURE_SETTINGS];
  const result = await runGo(go, ['env', '-json', ...names], { cwd, env: { ...env, ...buildEnvironment(options) } });
  if (result.exitCode !== 0) {
    throw new Error(`\`go env\` failed in ${cwd}: ${result.stderr.trim()}`);
  }
  const settings = JSON.parse(result.stdout) as Record<string, string>;
  const flags = parseGoflags(settings['GOFLAGS'] ?? '');
  const goarch = settings['GOARCH'] ?? '';
  const toggled = (name: (typeof SANITIZERS)[number]): boolean => options[name] ?? isTrue(flags.get(name));
  return {
    goos: settings['GOOS'] ?? '',
    goarch,
    variant: settings[architectureSetting(goarch)?.name ?? ''] ?? '',
    cgo: settings['CGO_ENABLED'] === '1',
    tags: splitTags(options.tags ?? flags.get('tags') ?? ''),
    race: toggled('race'),
    msan: toggled('msan'),
    asan: toggled('asan'),
    experiment: settings['GOEXPERIMENT'] ?? '',
    compilers: [settings['CC'] ?? '', settings['CXX'] ?? ''].filter(Boolean),
  };
}

/**
 * A build configuration in one line, e.g. `linux/amd64.v1 cgo tags=a,b race`: equal exactly when the same files are
 * compiled. It holds nothing of the machine but what the options leave to it.
 */
export function buildConfigurationKey(configuration: BuildConfiguration): string {
  const { goos, goarch, variant, cgo, tags, race, msan, asan, experiment } = configuration;
  return [
    `${goos}/${goarch}${variant ? `.${variant}` : ''}`,
    cgo ? 'cgo' : 'nocgo',
    ...(tags.length ? [`tags=${tags.join(',')}`] : []),
    ...(race ? ['race'] : []),
    ...(msan ? ['msan'] : []),
    ...(asan ? ['asan'] : []),
    ...(experiment ? [`experiment=${experiment}`] : []),
  ].join(' ');
}

/** GOFLAGS as flag → value; a flag without a value has `true`. Quotes as the go command takes them (`'…'`, `"…"`). */
export function parseGoflags(goflags: string): Map<string, string> {
  const flags = new Map<string, string>();
  for (const [word] of goflags.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)) {
    const [, name, value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word.replace(/['"]/g, '')) ?? [];
    if (name) flags.set(name, value ?? 'true');
  }
  return flags;
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(1|t|true)$/i.test(value);
}

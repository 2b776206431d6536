import { endianness } from 'node:os';

import { onPath } from '../process/on-path.js';
import { architectureSetting } from './architecture-settings.js';
import {
  buildEnvironment,
  parseGoflags,
  splitTags,
  type BuildConfiguration,
  type BuildConfigurationOptions,
} from './build-configuration.js';
import { withSettingsFile } from './settings-file.js';

/** Node's names for systems and architectures where they are not Go's. */
const GOOS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };
const GOARCH: Readonly<Record<string, string>> = {
  ...{ x64: 'amd64', ia32: '386', mipsel: 'mipsle' },
  ppc64: endianness() === 'LE' ? 'ppc64le' : 'ppc64',
};

/**
 * The build configuration that go would most likely resolve, for when it cannot be asked: the options, the
 * environment, the settings that `go env -w` wrote, and go's defaults for this machine.
 */
export function defaultConfiguration(
  options: BuildConfigurationOptions,
  env: Readonly<Record<string, string | undefined>>,
): BuildConfiguration {
  const settings: Readonly<Record<string, string | undefined>> = {
    ...withSettingsFile(env),
    ...buildEnvironment(options),
  };
  const flags = parseGoflags(settings['GOFLAGS'] ?? '');
  const hostOs = GOOS[process.platform] ?? process.platform;
  const hostArch = GOARCH[process.arch] ?? process.arch;
  const goos = settings['GOOS'] || hostOs;
  const goarch = settings['GOARCH'] || hostArch;
  const variant = architectureSetting(goarch);
  const toggled = (name: 'race' | 'msan' | 'asan'): boolean =>
    options[name] ?? /^(1|t|true)$/i.test(flags.get(name) ?? '');
  const compilers = /^(darwin|ios|freebsd|openbsd)$/.test(goos) ? ['clang', 'clang++'] : ['gcc', 'g++'];
  return {
    goos,
    goarch,
    variant: settings[variant?.name ?? ''] || (variant?.preset ?? ''),
    cgo: cgoEnabled(settings, goos === hostOs && goarch === hostArch, compilers[0] ?? ''),
    tags: splitTags(options.tags ?? flags.get('tags') ?? ''),
    race: toggled('race'),
    msan: toggled('msan'),
    asan: toggled('asan'),
    experiment: settings['GOEXPERIMENT'] ?? '',
    compilers: [settings['CC'] || compilers[0], settings['CXX'] || compilers[1]].filter((name) => name !== undefined),
  };
}

/** Go's own default: on unless cross compiling, or there is no C compiler. */
function cgoEnabled(
  settings: Readonly<Record<string, string | undefined>>,
  native: boolean,
  defaultCompiler: string,
): boolean {
  const setting = settings['CGO_ENABLED'];
  if (setting === '0' || setting === '1') return setting === '1';
  return (
    native &&
    (Boolean(settings['CC']) || onPath(defaultCompiler, settings['PATH'] ?? settings['Path'] ?? '') !== undefined)
  );
}

import { sep } from 'node:path';

import { ARCHITECTURE_SETTINGS } from '../../go/configuration/architecture-settings.js';
import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { hasFlag, splitWords } from '../../go/configuration/words.js';
import { processRunner, runGo, type GoCommand, type GoRunOptions } from '../../go/process/command.js';
import type { SourcesRequest } from '../../go/listing/compiled-sources.js';
import type { CompileSettings } from './package-keys.js';

const PLACES = ['GOCACHE', 'GOMODCACHE', 'GOCACHEPROG'];
const ALL = [
  'GOVERSION',
  'GOOS',
  'GOARCH',
  ...ARCHITECTURE_SETTINGS,
  'CGO_ENABLED',
  'GOEXPERIMENT',
  'GOFIPS140',
  'GOFLAGS',
];
const CGO = [
  'CC',
  'CXX',
  'FC',
  'CGO_CFLAGS',
  'CGO_CPPFLAGS',
  'CGO_CXXFLAGS',
  'CGO_FFLAGS',
  'CGO_LDFLAGS',
  'PKG_CONFIG',
];

/** The settings of a go process, and where it keeps what it compiled. */
export interface GoSettings {
  readonly settings: Omit<CompileSettings, 'cgo'>;
  /** GOCACHE, or nothing where a program of the user's (GOCACHEPROG) stands in for it, or go keeps nothing. */
  readonly buildCache: string | undefined;
  /** GOMODCACHE, with a separator at its end. */
  readonly moduleCache: string;
  /** The names of the flags in GOFLAGS. */
  readonly goflags: readonly string[];
  /** Without experiments. */
  readonly goVersion: string;
}

/** Asks go for its settings, but for those of C code. */
export async function goSettings(
  go: GoCommand,
  { flags, testFlags = [], where }: SourcesRequest,
): Promise<GoSettings | undefined> {
  const valueOf = await valuesOf([...PLACES, ...ALL], go, where);
  if (!valueOf) return undefined;
  const goflags = parseGoflags(valueOf('GOFLAGS'));
  const compiling = flags.filter((flag) => !/^--?(ldflags|p|v|n|x)\b/.test(flag));
  const isCache = valueOf('GOCACHE') !== '' && valueOf('GOCACHE') !== 'off' && valueOf('GOCACHEPROG') === '';
  return {
    settings: {
      all: JSON.stringify([compiling, ALL.map(valueOf)]),
      main: JSON.stringify(flags),
      test: JSON.stringify(testFlags),
      trimsPaths: hasFlag(flags, /^trimpath$/) || goflags.get('trimpath') === 'true',
    },
    buildCache: isCache ? valueOf('GOCACHE') : undefined,
    moduleCache: valueOf('GOMODCACHE') + sep,
    goflags: [...goflags.keys()],
    goVersion: valueOf('GOVERSION').replace(/ X:.*/, ''),
  };
}

/** The settings of C code, and the versions of its compilers, which go has to run several times for it. */
export async function cgoSettings(go: GoCommand, where: GoRunOptions): Promise<string | undefined> {
  const valueOf = await valuesOf(CGO, go, where);
  if (!valueOf) return undefined;
  return JSON.stringify([CGO.map(valueOf), await versions([valueOf('CC'), valueOf('CXX')], where)]);
}

/** What vet says of its version. */
export async function vetVersion(go: GoCommand, where: GoRunOptions): Promise<string | undefined> {
  const { stdout, exitCode } = await runGo(go, ['tool', 'vet', '-V=full'], where);
  return exitCode === 0 ? stdout.trim() : undefined;
}

async function valuesOf(
  names: readonly string[],
  go: GoCommand,
  where: GoRunOptions,
): Promise<((name: string) => string) | undefined> {
  const { stdout, exitCode } = await runGo(go, ['env', ...names], where);
  const lines = stdout.split(/\r?\n/);
  if (exitCode !== 0 || lines.length < names.length) return undefined;
  const values = new Map(names.map((name, index) => [name, lines[index] ?? '']));
  return (name) => values.get(name) ?? '';
}

/** The first line that each compiler says of its version. */
async function versions(commands: readonly string[], { cwd, env }: GoRunOptions): Promise<string[]> {
  const { execa } = await processRunner();
  return Promise.all(
    commands.map(async (command) => {
      const [file = '', ...args] = splitWords(command);
      const result = await execa(file, [...args, '--version'], {
        cwd,
        ...(env ? { env } : {}),
        reject: false,
        stdin: 'ignore',
        timeout: 10_000,
      });
      return String(result.stdout ?? '').split('\n')[0] ?? '';
    }),
  );
}

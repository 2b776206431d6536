import { sep } from 'node:path';

import { ARCHITECTURE_SETTINGS } from '../../go/configuration/architecture-settings.js';
import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { hasFlag, splitWords } from '../../go/configuration/words.js';
import { processRunner, runGo, type GoCommand, type GoRunOptions } from '../../go/process/command.js';
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
  readonly settings: CompileSettings;
  /** GOCACHE, or nothing where a program of the user's (GOCACHEPROG) stands in for it, or go keeps nothing. */
  readonly buildCache: string | undefined;
  /** GOMODCACHE, with a separator at its end. */
  readonly moduleCache: string;
  /** The names of the flags in GOFLAGS. */
  readonly goflags: readonly string[];
}

/** Asks go for its settings. @param flags the build flags of the process. */
export async function goSettings(
  go: GoCommand,
  flags: readonly string[],
  where: GoRunOptions,
): Promise<GoSettings | undefined> {
  const names = [...PLACES, ...ALL, ...CGO];
  const { stdout, exitCode } = await runGo(go, ['env', ...names], where);
  const lines = stdout.split(/\r?\n/);
  if (exitCode !== 0 || lines.length < names.length) return undefined;
  const values = new Map(names.map((name, index) => [name, lines[index] ?? '']));
  const valueOf = (name: string): string => values.get(name) ?? '';
  const goflags = parseGoflags(valueOf('GOFLAGS'));
  const compiling = flags.filter((flag) => !/^--?(ldflags|p|v|n|x)\b/.test(flag));
  const compilers = valueOf('CGO_ENABLED') === '1' ? await versions([valueOf('CC'), valueOf('CXX')], where) : [];
  const isCache = valueOf('GOCACHE') !== '' && valueOf('GOCACHE') !== 'off' && valueOf('GOCACHEPROG') === '';
  return {
    settings: {
      all: JSON.stringify([compiling, ALL.map(valueOf)]),
      cgo: JSON.stringify([CGO.map(valueOf), compilers]),
      main: JSON.stringify(flags),
      trimsPaths: hasFlag(flags, /^trimpath$/) || goflags.get('trimpath') === 'true',
    },
    buildCache: isCache ? valueOf('GOCACHE') : undefined,
    moduleCache: valueOf('GOMODCACHE') + sep,
    goflags: [...goflags.keys()],
  };
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

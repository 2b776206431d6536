import { splitTags } from '../../go/configuration/build-configuration.js';
import { splitWords } from '../../go/configuration/words.js';
import type { Options } from './peer.js';

/** Options of an nx-gopher executor, and what of the peer's could not be said in them. */
export interface MappedOptions {
  readonly options: Options;
  /** One line for each thing that needs a look. */
  readonly notes: readonly string[];
}

/** Thrown where options cannot be converted as a whole: the target then stays as it is. */
export class NotConvertible extends Error {}

/** Flags of go with a value that are options of nx-gopher. */
const VALUED = new Set(['tags', 'ldflags', 'gcflags', 'asmflags', 'buildmode', 'pgo']);
const TOGGLES: Readonly<Record<string, string>> = {
  race: 'race',
  msan: 'msan',
  asan: 'asan',
  trimpath: 'trimpath',
  buildvcs: 'buildvcs',
  v: 'verbose',
};

/** What an option is when nobody sets it: a named configuration says so where the options say otherwise. */
const NEUTRAL: Options = {
  ...{ tags: [], ldflags: '', gcflags: '', asmflags: '', pgo: 'auto', args: [] },
  ...{ race: false, msan: false, asan: false, trimpath: true, buildvcs: false, verbose: false },
  ...{ goos: '', goarch: '', env: {} },
};

/**
 * A peer's `flags` and `env` as options of nx-gopher's build.
 *
 * @param usesShell whether the peer hands the flags to a shell.
 * @throws NotConvertible when a shell would compute something in them.
 */
export function buildOptions(peerOptions: Options, usesShell: boolean): MappedOptions {
  const { flags, env, buildMode } = peerOptions;
  const words = flagWords(flags, usesShell);
  const parsed = goFlags(words);
  const options = {
    ...parsed.options,
    ...(buildMode ? { buildmode: buildMode } : {}),
    ...environmentOptions((env ?? {}) as Readonly<Record<string, string>>),
  };
  const notes = parsed.rest.length
    ? [`flags ${parsed.rest.join(' ')} became args: check whether it is still cached`]
    : [];
  return { options, notes };
}

/**
 * Named configurations over converted options. A peer's configuration replaces its `flags` and `env` as a whole, so
 * what the options set and the configuration does not is set back.
 */
export function overlay(base: Options, configuration: Options, replaces: { flags: boolean; env: boolean }): Options {
  const fromEnv = ['goos', 'goarch', 'cgo', 'env'];
  const replaced = Object.keys(base).filter((name) => (fromEnv.includes(name) ? replaces.env : replaces.flags));
  const reset = replaced.filter((name) => !(name in configuration) && name in NEUTRAL);
  return { ...Object.fromEntries(reset.map((name) => [name, NEUTRAL[name]])), ...configuration };
}

function flagWords(flags: unknown, usesShell: boolean): string[] {
  const list = flags === undefined ? [] : [flags].flat().map(String);
  if (!usesShell) return list;
  const text = list.join(' ');
  if (/[$`\\;|&<>*?]/.test(text)) throw new NotConvertible(`its flags need a shell: ${text}`);
  return splitWords(text);
}

function goFlags(words: readonly string[]): { options: Options; rest: string[] } {
  const options: Record<string, unknown> = {};
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [, name = '', value] = /^--?([a-z]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const toggle = TOGGLES[name];
    if (VALUED.has(name)) {
      const given = value ?? words[++index] ?? '';
      options[name] = name === 'tags' ? splitTags(given) : given;
    } else if (toggle) {
      options[toggle] = value === 'auto' ? value : value === undefined || /^(1|t|true)$/i.test(value);
    } else rest.push(word);
  }
  return { options: { ...options, ...(rest.length ? { args: rest } : {}) }, rest };
}

function environmentOptions({ GOOS, GOARCH, CGO_ENABLED, ...env }: Readonly<Record<string, string>>): Options {
  return {
    ...(GOOS ? { goos: GOOS } : {}),
    ...(GOARCH ? { goarch: GOARCH } : {}),
    ...(CGO_ENABLED === undefined ? {} : { cgo: CGO_ENABLED === '1' }),
    ...(Object.keys(env).length ? { env } : {}),
  };
}

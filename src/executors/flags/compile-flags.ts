import {
  buildConfigurationFlags,
  parseGoflags,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { lastFlag, splitWords } from '../../go/configuration/words.js';

/** The options that reach the compiler and the linker, of build and test. */
export interface CompileOptions extends BuildConfigurationOptions {
  readonly ldflags?: readonly string[] | string;
  readonly gcflags?: readonly string[] | string;
  readonly asmflags?: readonly string[] | string;
  readonly args?: readonly string[] | string;
}

/** Flags from the options that build and test share, in an order that makes equal options equal flags. */
export function compileFlags(options: CompileOptions): string[] {
  const flags = buildConfigurationFlags(options);
  for (const name of ['ldflags', 'gcflags', 'asmflags'] as const) {
    const value = flagList(options[name]);
    if (value !== undefined) flags.push(`-${name}=${value}`);
  }
  return flags;
}

/**
 * The `-ldflags` that leave the build id out of a binary, so that cgo code links to the same bytes in any directory.
 *
 * The last `-ldflags` replaces all others, those of GOFLAGS too: what is in force is repeated in it.
 *
 * @returns undefined when the linker flags in force set a build id themselves.
 */
export function flagWithoutBuildId(options: CompileOptions, goflags: string): string | undefined {
  const inForce =
    lastFlag(splitWords(options.args), 'ldflags') ??
    flagList(options.ldflags) ??
    parseGoflags(goflags).get('ldflags') ??
    '';
  if (/(^|[\s=])--?buildid\b/.test(inForce)) return undefined;
  return `-ldflags=${inForce === '' ? '' : `${inForce} `}-buildid=`;
}

/**
 * What go takes for flags of the compiler or linker: one text, split at blanks. An item after a flag that stands alone,
 * as in `["-X", "main.name=a b"]`, is one value: in quotes it stays one (cmd/internal/quoted).
 */
export function flagList(value: readonly string[] | string | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return value.map((item, index) => (isValueOf(value[index - 1], item) ? quoted(item) : item)).join(' ');
}

function isValueOf(flag: string | undefined, item: string): boolean {
  return flag !== undefined && /^(\S+=)?--?\w+$/.test(flag) && /^[^-'"].*\s/s.test(item);
}

function quoted(item: string): string {
  return item.includes("'") ? `"${item}"` : `'${item}'`;
}

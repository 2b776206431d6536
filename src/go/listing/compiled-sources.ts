import { importPathOf } from '../process/build-events.js';
import { parseJsonRecords } from '../process/json-records.js';
import type { GoCommand, GoRunOptions } from '../process/command.js';
import { runGoGroup } from '../process/process-group.js';
import { usesCgo, type CgoFiles } from './standard-cgo.js';

/** A package, and all that decides what its compile comes to but the settings. */
export interface CompiledSources {
  /** As go lists it: `p`, or `p [q.test]` where it is compiled anew for a test. */
  readonly importPath: string;
  /** As go names it where it compiles it. */
  readonly plainPath: string;
  readonly isMain: boolean;
  readonly isStandard: boolean;
  /** Absolute. */
  readonly dir: string;
  /** `path@version` of the module and of what replaces it, and its go directive; empty in the standard library. */
  readonly module: string;
  /** Whether a version of a module gives it: its files never change where they lie in the module cache. */
  readonly isVersioned: boolean;
  /** Relative to its directory. */
  readonly files: readonly string[];
  readonly embedPatterns: readonly string[];
  readonly usesCgo: boolean;
  /** Import paths, as go lists them. */
  readonly imports: readonly string[];
}

const FIELDS = [
  'Dir,ImportPath,Name,Standard,Module,Error,Imports,EmbedPatterns,EmbedFiles',
  'GoFiles,CgoFiles,CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles',
].join(',');

interface RawPackage extends CgoFiles {
  readonly [list: `${string}Files`]: string[] | undefined;
  readonly Dir?: string;
  readonly ImportPath: string;
  readonly Name?: string;
  readonly Standard?: boolean;
  readonly Module?: RawModule;
  readonly Error?: object;
  readonly Imports?: string[];
  readonly EmbedPatterns?: string[];
}

interface RawModule {
  readonly Path: string;
  readonly Version?: string;
  readonly GoVersion?: string;
  readonly Main?: boolean;
  readonly Replace?: { readonly Path: string; readonly Version?: string };
}

/** What is listed, and how the go process that compiles it is run. */
export interface SourcesRequest {
  readonly patterns: readonly string[];
  /** Build flags. */
  readonly flags: readonly string[];
  /** Whether the tests of the packages are compiled. */
  readonly tests: boolean;
  /** Flags that decide about tests alone. */
  readonly testFlags?: readonly string[] | undefined;
  /**
   * The command that has vet check the packages, with the flags that decide about it. Undefined where vet does not run.
   */
  readonly vet?: readonly ['test' | 'vet', ...string[]] | undefined;
  readonly where: GoRunOptions;
}

/**
 * Lists the packages that a go process with these flags would compile, of the standard library too.
 *
 * @returns nothing for what cannot be loaded; go is to say so where it compiles.
 */
export async function compiledSources(
  go: GoCommand,
  { patterns, flags, tests, where }: SourcesRequest,
): Promise<CompiledSources[]> {
  const args = ['list', '-e', '-deps', ...(tests ? ['-test'] : []), `-json=${FIELDS}`, ...flags, '--', ...patterns];
  const lines: string[] = [];
  const { exitCode } = await runGoGroup(go, args, where, (line) => lines.push(line));
  if (exitCode !== 0) return [];
  const records = parseJsonRecords<RawPackage>(lines.join('\n'));
  return records.flatMap((raw) => (raw.Error || !raw.Dir ? [] : [toSources(raw, raw.Dir)]));
}

/** Whether it is the program that go makes of a package's tests. */
export function isTestMain({ importPath, isMain }: CompiledSources): boolean {
  return isMain && importPath.endsWith('.test');
}

function toSources(raw: RawPackage, dir: string): CompiledSources {
  const { ImportPath: importPath, Module: module } = raw;
  const lists = Object.entries(raw).filter(([name]) => name.endsWith('Files'));
  const isReplaced = module?.Replace !== undefined && !module.Replace.Version;
  return {
    importPath,
    plainPath: importPathOf(importPath),
    isMain: raw.Name === 'main',
    isStandard: raw.Standard === true,
    dir,
    module: module ? moduleText(module) : '',
    isVersioned: module !== undefined && module.Main !== true && !isReplaced,
    files: lists.flatMap(([, files]) => files as string[]),
    embedPatterns: raw.EmbedPatterns ?? [],
    usesCgo: usesCgo(raw),
    imports: raw.Imports ?? [],
  };
}

function moduleText({ Path, Version = '', GoVersion = '', Replace }: RawModule): string {
  const replace = Replace ? ` => ${Replace.Path}@${Replace.Version ?? ''}` : '';
  return `${Path}@${Version}${replace} go ${GoVersion}`;
}

import { importPathOf } from '../process/build-events.js';
import type { GoCommand, GoRunOptions } from '../process/command.js';
import { parseJsonRecords } from '../process/json-records.js';
import { packageReads } from './package-reads.js';
import { runGoGroup } from '../process/process-group.js';
import { standardCgoPackages, usesCgo, type CgoFiles } from './standard-cgo.js';

/** A package that cannot be loaded, as `go list -e` tells it. */
export interface LoadError {
  /** Import path of the package that carries the error; for a missing import that of the missing package. */
  readonly package: string;
  /** Import paths from a named package down to the one with the error. */
  readonly importStack: readonly string[];
  /** As go prints it, file and line first where it knows them. */
  readonly text: string;
}

/** What each package is made of, asked of go when something failed and the guilty are sought. */
export interface Closures {
  /** Import paths of a package and all that it (and its tests, where they were asked for) imports. */
  of(importPath: string): ReadonlySet<string>;
  /** Absolute directory of a package, where it has one. */
  dirOf(importPath: string): string | undefined;
  /**
   * See {@link packageReads}; nothing for a package that go did not find, or found in the standard library.
   *
   * @param tests whether what its own tests embed counts.
   */
  readsOf(importPath: string, tests: boolean): readonly string[];
  readonly errors: readonly LoadError[];
}

interface ListedPackage extends CgoFiles {
  readonly ImportPath: string;
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly ForTest?: string;
  readonly Imports?: readonly string[];
  readonly TestImports?: readonly string[];
  readonly XTestImports?: readonly string[];
  readonly EmbedPatterns?: readonly string[];
  readonly TestEmbedPatterns?: readonly string[];
  readonly XTestEmbedPatterns?: readonly string[];
  readonly Error?: { readonly ImportStack?: readonly string[]; readonly Pos?: string; readonly Err: string };
}

/** Embedded files are asked for, so that a pattern without any is an error. */
const FIELDS = [
  'ImportPath,Dir,Standard,ForTest,Imports,TestImports,XTestImports,Error,EmbedFiles,TestEmbedFiles,XTestEmbedFiles',
  'EmbedPatterns,TestEmbedPatterns,XTestEmbedPatterns',
  'CgoFiles,SwigFiles,SwigCXXFiles',
].join(',');

/**
 * Lists the packages that `patterns` name and all that they import, with their errors.
 *
 * @param flags the build flags that the failing command ran with.
 * @param tests whether what their tests import counts too.
 * @returns undefined when go cannot list anything, e.g. for a broken go.mod.
 */
export async function loadClosures(
  go: GoCommand,
  patterns: readonly string[],
  flags: readonly string[],
  tests: boolean,
  options: GoRunOptions,
): Promise<Closures | undefined> {
  const args = ['list', '-e', '-deps', ...(tests ? ['-test'] : []), `-json=${FIELDS}`, ...flags, '--', ...patterns];
  const lines: string[] = [];
  await runGoGroup(go, args, options, (line) => lines.push(line));
  const listed = parseJsonRecords<ListedPackage>(lines.join('\n'));
  return listed.length === 0 ? undefined : closuresFrom(listed);
}

/** Exported for its spec: closures from the records of `go list -e -deps`. */
export function closuresFrom(listed: readonly ListedPackage[]): Closures {
  const imports = new Map<string, Set<string>>();
  const dirs = new Map<string, string>();
  const errors: LoadError[] = [];
  const found = new Map<string, ListedPackage>();
  const standardCgo = standardCgoPackages(listed);
  for (const entry of listed) {
    const path = ownerOf(entry);
    if (!entry.Standard && !entry.Error && path === importPathOf(entry.ImportPath)) found.set(path, entry);
    const importsOfEntry = imports.get(path) ?? new Set<string>();
    imports.set(path, importsOfEntry);
    // The standard library is never at fault and would be half of the work.
    if (!entry.Standard) for (const imported of entry.Imports ?? []) importsOfEntry.add(importPathOf(imported));
    if (entry.Dir) dirs.set(path, entry.Dir);
    if (entry.Error) errors.push(loadError(path, entry.Error));
  }
  return {
    of: (path) => reach(path, imports),
    dirOf: (path) => dirs.get(path) ?? dirs.get(testsOf(path)),
    readsOf: (path, tests) => readsOf(found.get(path), tests, standardCgo),
    errors,
  };
}

function readsOf(
  entry: ListedPackage | undefined,
  tests: boolean,
  standardCgo: ReadonlySet<string>,
): readonly string[] {
  if (!entry) return [];
  const holdsCgo = (paths: readonly string[] | undefined): boolean =>
    paths?.some((path) => standardCgo.has(path)) ?? false;
  const { TestImports = [], XTestImports = [], TestEmbedPatterns = [], XTestEmbedPatterns = [] } = entry;
  return packageReads(
    {
      importPath: importPathOf(entry.ImportPath),
      embedPatterns: entry.EmbedPatterns ?? [],
      testEmbedPatterns: [...TestEmbedPatterns, ...XTestEmbedPatterns],
      cgo: usesCgo(entry),
      standardCgo: holdsCgo(entry.Imports),
      ...(holdsCgo([...TestImports, ...XTestImports]) ? { testStandardCgo: true } : {}),
    },
    tests,
  );
}

/**
 * What a package's tests are made of is kept under a name of its own: who imports the package does not import what its
 * tests import.
 */
const testsOf = (importPath: string): string => `${importPath} (tests)`;

function ownerOf(entry: ListedPackage): string {
  const path = importPathOf(entry.ImportPath);
  // A dependency compiled again for the test of another package stays itself.
  return entry.ForTest && (path === entry.ForTest || path === `${entry.ForTest}_test`) ? testsOf(entry.ForTest) : path;
}

function reach(start: string, imports: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set([start, testsOf(start)]);
  // A set takes in what is added to it while it is walked.
  for (const path of seen) for (const next of imports.get(path) ?? []) seen.add(next);
  return seen;
}

function loadError(path: string, error: NonNullable<ListedPackage['Error']>): LoadError {
  const importStack = error.ImportStack ?? [];
  const text = error.Pos
    ? `${error.Pos}: ${error.Err}\n`
    : importStack.length > 0
      ? `package ${importStack.join('\n\timports ')}: ${error.Err}\n`
      : `${error.Err}\n`;
  return { package: path, importStack, text };
}

import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';

import { isInside, toPosix } from '../../paths.js';
import {
  buildConfigurationFlags,
  buildEnvironment,
  parseGoflags,
  type BuildConfigurationOptions,
} from '../configuration/build-configuration.js';
import { runGo, type GoCommand, type GoRunOptions } from '../process/command.js';
import { splitCommandLine } from '../process/command-line.js';
import { parseJsonRecords } from '../process/json-records.js';
import { manifestsFromRoot, toPackageError, type ListedIn, type RawError } from './list-errors.js';
import { standardCgoPackages, usesCgo, type CgoFiles } from './standard-cgo.js';
import { listingOf, type Listing, type Package, type PackageError, type PackageModule } from './package.js';

/** What `go list` is asked for; anything more costs time, bare `-json` even hashes every file. */
const FIELDS = [
  'Dir,ImportPath,Name,Standard,ForTest,Module,DefaultGODEBUG,Error,Imports,TestImports,XTestImports',
  'GoFiles,CgoFiles,CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles',
  'IgnoredGoFiles,IgnoredOtherFiles,InvalidGoFiles,TestGoFiles,XTestGoFiles',
  'EmbedPatterns,EmbedFiles,TestEmbedPatterns,TestEmbedFiles,XTestEmbedPatterns,XTestEmbedFiles',
  'CgoCFLAGS,CgoCPPFLAGS,CgoCXXFLAGS,CgoLDFLAGS',
].join(',');

export interface ListRequest {
  readonly workspaceRoot: string;
  /** Directory go runs in, absolute. */
  readonly cwd: string;
  readonly env: NonNullable<GoRunOptions['env']>;
  readonly options: BuildConfigurationOptions;
  /** Package directories, relative to `cwd` with forward slashes. */
  readonly dirs: readonly string[];
  /** Whether what tests import is listed too. */
  readonly tests: boolean;
  /** Whether the vendor directory is in force: every other listing is forced to leave go.mod and go.sum alone. */
  readonly vendor: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** Called when go begins to download a module, with its path and version. */
  readonly onDownload?: (module: string) => void;
}

/** Thrown when `go list` gave nothing at all, e.g. for a go.work that names a missing directory. */
export class GoListError extends Error {
  override readonly name = 'GoListError';

  constructor(
    message: string,
    readonly timedOut = false,
  ) {
    super(message);
  }
}

/**
 * Lists the packages in `dirs` and all that they (and their tests, where asked for) import, without the standard
 * library.
 *
 * Runs `go list -e`, so a package that cannot be loaded is in the result with its errors. Never writes: `-mod=readonly`
 * overrides a `-mod=mod` in GOFLAGS.
 *
 * @throws GoListError when go fails as a whole or runs longer than the time limit.
 */
export async function listPackages(go: GoCommand, request: ListRequest): Promise<Listing> {
  const packages = new Map<string, Package>();
  const cwd = toPosix(relative(request.workspaceRoot, request.cwd));
  const listedIn = { cwd, roots: [request.workspaceRoot, realpathSync(request.workspaceRoot)] };
  const testErrors = new Map<string, PackageError[]>();
  const flags = [
    '-e',
    '-deps',
    ...(request.tests ? ['-test'] : []),
    `-json=${FIELDS}`,
    request.vendor ? '-mod=vendor' : '-mod=readonly',
    // A default.pgo would make go list a second variant of the main's whole closure; it chooses no files.
    '-pgo=off',
    ...buildConfigurationFlags(request.options),
  ];
  const dirPatterns = request.dirs.map((dir) => (dir === '.' ? '.' : `./${dir}`));
  for (const patterns of splitCommandLine(dirPatterns, (pattern) => [pattern], flags)) {
    const args = ['list', ...flags, '--', ...patterns];
    const stdout = await goList(go, args, request, cwd);
    addPackages(packages, testErrors, stdout, listedIn);
  }
  for (const [importPath, errors] of testErrors) {
    const tested = packages.get(importPath);
    if (tested) packages.set(importPath, { ...tested, testErrors: errors });
  }
  return listingOf(packages.values());
}

/** @param cwd where go runs, from the workspace's root. @returns what it prints on standard output. */
async function goList(go: GoCommand, args: readonly string[], request: ListRequest, cwd: string): Promise<string> {
  const where = cwd || 'the workspace root';
  const env = { ...request.env, ...buildEnvironment(request.options), ...quietGoflags(request) };
  const onMessage = (line: string): void => {
    const module = DOWNLOADING.exec(line)?.[1];
    if (module !== undefined) request.onDownload?.(module);
  };
  const result = await runGo(go, args, { cwd: request.cwd, env, timeout: request.timeout, onMessage });
  if (result.timedOut) {
    throw new GoListError(
      `go list took longer than ${request.timeout / 1000} s in ${where}. ` +
        `${waitingFor(result.stderr, env)}Set NX_GOPHER_TIMEOUT to more seconds.`,
      true,
    );
  }
  if (result.exitCode !== 0 && result.stdout.trim() === '') {
    throw new GoListError(`go list failed in ${where}:\n${manifestsFromRoot(result.stderr.trim(), cwd)}`);
  }
  return result.stdout;
}

/** What go says when it begins to download a module. */
const DOWNLOADING = /^go: downloading (.*)$/m;

/** The module that go was still downloading: a proxy (GOPROXY) that does not answer keeps it waiting. */
function waitingFor(stderr: string, env: GoRunOptions['env']): string {
  const last = [...stderr.matchAll(new RegExp(DOWNLOADING, 'gm'))].at(-1)?.[1];
  // A password may stand in it, and the message in a log.
  const proxy = (env?.['GOPROXY'] ?? process.env['GOPROXY'])?.replace(/\/\/[^/@,|]*@/g, '//…@');
  const from = proxy ? `GOPROXY (${proxy})` : 'the proxy of `go env GOPROXY`';
  return last === undefined
    ? `Where modules have to be downloaded, see whether ${from} answers. `
    : `It was downloading ${last}: see whether ${from} answers. `;
}

/** GOFLAGS without its `-mod`: the command line's wins, but go.work refuses a `-mod=mod` wherever it stands. */
function quietGoflags(request: ListRequest): { readonly GOFLAGS?: string } {
  const goflags = request.options.env?.['GOFLAGS'] ?? process.env['GOFLAGS'];
  if (!goflags || !parseGoflags(goflags).has('mod')) return {};
  return { GOFLAGS: goflags.replace(/(^|\s)--?mod=\S+/g, '$1') };
}

interface RawPackage extends CgoFiles {
  readonly [list: `${string}Files` | `${string}Patterns` | `${string}Imports` | `Cgo${string}FLAGS`]:
    string[] | undefined;
  readonly Dir?: string;
  readonly ImportPath: string;
  readonly Name?: string;
  readonly Standard?: boolean;
  readonly ForTest?: string;
  readonly Module?: RawModule;
  readonly DefaultGODEBUG?: string;
  readonly Imports?: string[];
  readonly Error?: RawError;
}

interface RawModule {
  readonly Path: string;
  readonly Version?: string;
  readonly Main?: boolean;
  readonly Replace?: { readonly Path: string; readonly Version?: string };
}

function addPackages(
  packages: Map<string, Package>,
  testErrors: Map<string, PackageError[]>,
  stdout: string,
  listedIn: ListedIn,
): void {
  const records = parseJsonRecords<RawPackage>(stdout);
  const standardCgo = standardCgoPackages(records);
  for (const raw of records) {
    if (raw.Standard || isTestMain(raw)) continue;
    if (raw.ForTest) {
      // "p [p.test]" and "p_test [p.test]" are made for the test of p; only their errors are news.
      if (raw.Error) {
        const error = toPackageError(raw.Error, raw.Dir ?? '', listedIn);
        testErrors.set(raw.ForTest, [...(testErrors.get(raw.ForTest) ?? []), error]);
      }
      continue;
    }
    packages.set(raw.ImportPath, toPackage(raw, listedIn, standardCgo));
  }
}

/** The generated "p.test", whose one file lies in go's cache; a main package may well be called x.test itself. */
function isTestMain(raw: RawPackage): boolean {
  return raw.ImportPath.endsWith('.test') && !raw.GoFiles?.some((file) => !isAbsolute(file) && file !== '_testmain.go');
}

function toPackage(raw: RawPackage, listedIn: ListedIn, standardCgo: ReadonlySet<string>): Package {
  const filesIn = (...names: (keyof RawPackage & `${string}Files`)[]): string[] =>
    names.flatMap((name) => raw[name] ?? []);
  const { roots } = listedIn;
  const imports = raw.Imports ?? [];
  const testImports = [...new Set([...(raw.TestImports ?? []), ...(raw.XTestImports ?? [])])];
  const libraryDirs = searchDirs(raw, ['CgoLDFLAGS'], /^-L$/, roots);
  return {
    importPath: raw.ImportPath,
    name: raw.Name ?? '',
    dir: fromRoot(raw.Dir ?? '', roots),
    ...(raw.Module ? { module: toModule(raw.Module) } : {}),
    files: [
      ...filesIn('GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles'),
      ...filesIn('SwigFiles', 'SwigCXXFiles', 'SysoFiles', 'InvalidGoFiles'),
    ].filter((file, index, files) => files.indexOf(file) === index),
    ignoredFiles: filesIn('IgnoredGoFiles', 'IgnoredOtherFiles'),
    testFiles: filesIn('TestGoFiles', 'XTestGoFiles'),
    embedPatterns: raw.EmbedPatterns ?? [],
    embedFiles: raw.EmbedFiles ?? [],
    testEmbedPatterns: [...(raw.TestEmbedPatterns ?? []), ...(raw.XTestEmbedPatterns ?? [])],
    testEmbedFiles: [...(raw.TestEmbedFiles ?? []), ...(raw.XTestEmbedFiles ?? [])],
    imports,
    testImports,
    cgo: usesCgo(raw),
    standardCgo: imports.some((path) => standardCgo.has(path)),
    ...(testImports.some((path) => standardCgo.has(path)) ? { testStandardCgo: true } : {}),
    includeDirs: searchDirs(
      raw,
      ['CgoCPPFLAGS', 'CgoCFLAGS', 'CgoCXXFLAGS'],
      /^(-I|-iquote|-isystem|-idirafter)$/,
      roots,
    ),
    ...(libraryDirs.length ? { libraryDirs } : {}),
    defaultGodebug: raw.DefaultGODEBUG ?? '',
    errors: raw.Error ? [toPackageError(raw.Error, raw.Dir ?? '', listedIn)] : [],
    testErrors: [],
  };
}

/** Directories of `#cgo` flags that go gives as one word (`-Idir`) or as two. */
function searchDirs(
  raw: RawPackage,
  names: readonly `Cgo${string}FLAGS`[],
  option: RegExp,
  roots: readonly string[],
): string[] {
  const words = names.flatMap((name) => raw[name] ?? []);
  const dirs = words.flatMap((word, index) => {
    const [, flag, value] = /^(-iquote|-isystem|-idirafter|-I|-L)(.*)$/s.exec(word) ?? [];
    return flag && option.test(flag) ? value || words[index + 1] || [] : [];
  });
  return [...new Set(dirs)].map((dir) => fromRoot(resolve(raw.Dir ?? '', dir), roots));
}

/** Go may name a directory by the workspace's real path where the workspace is reached through a symbolic link. */
function fromRoot(dir: string, roots: readonly string[]): string {
  const root = dir && roots.find((candidate) => isInside(candidate, dir));
  return root ? toPosix(relative(root, dir)) || '.' : dir;
}

function toModule(raw: RawModule): PackageModule {
  return {
    path: raw.Path,
    version: raw.Version ?? '',
    ...(raw.Replace ? { replace: { path: raw.Replace.Path, version: raw.Replace.Version ?? '' } } : {}),
    main: raw.Main ?? false,
  };
}

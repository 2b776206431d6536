import { ByName, sortedByName, type ReadonlyByName } from '../../by-name.js';

/** Where and why a package, or its tests, cannot be loaded. `position` is `file:line:column` when go names one. */
export interface PackageError {
  readonly position: string;
  readonly message: string;
}

/**
 * Whether an error only says that an embed pattern matches no file. That is no news to a hash which holds the pattern's
 * file set: the files may be the output of a task that has yet to run.
 */
export function isUnmatchedEmbed({ message }: PackageError): boolean {
  return /^pattern .*: (no matching files found|cannot embed directory .*: contains no embeddable files)$/.test(
    message,
  );
}

/** The module that gives a package. `version` is empty for a main module and for a directory replacement. */
export interface PackageModule {
  readonly path: string;
  readonly version: string;
  /** The replacement in force, if any; `version` is empty when it is a directory. */
  readonly replace?: { readonly path: string; readonly version: string };
  readonly main: boolean;
}

/**
 * A package as the go command sees it under one build configuration. File names are relative to `dir`; a package of
 * the standard library is never kept.
 */
export interface Package {
  readonly importPath: string;
  /** Its name, e.g. `main`; empty when no file of it could be read. */
  readonly name: string;
  /**
   * Directory: relative to the workspace's root with forward slashes (`.` for the root), absolute when outside of it.
   */
  readonly dir: string;
  readonly module?: PackageModule;
  /** Everything compiled or linked into it: Go, cgo, C, C++, headers, assembly, swig, syso. No tests, no embeds. */
  readonly files: readonly string[];
  /** Files that build constraints exclude, tests among them. */
  readonly ignoredFiles: readonly string[];
  readonly testFiles: readonly string[];
  readonly embedPatterns: readonly string[];
  readonly embedFiles: readonly string[];
  readonly testEmbedPatterns: readonly string[];
  readonly testEmbedFiles: readonly string[];
  readonly imports: readonly string[];
  /** Imports of its test files, in-package and external. */
  readonly testImports: readonly string[];
  /** Whether it uses cgo or swig itself. */
  readonly cgo: boolean;
  /** Whether a package of the standard library that it imports is built with cgo (net, os/user), directly or not. */
  readonly standardCgo: boolean;
  /** As {@link standardCgo}, of what its test files import. */
  readonly testStandardCgo?: true;
  /** Include directories of its `#cgo` lines: from the workspace's root, absolute when outside of it. */
  readonly includeDirs: readonly string[];
  /** Those of its files that git, and so Nx, ignores: generated code. */
  readonly untrackedFiles?: readonly string[];
  /** Directories with libraries that its `#cgo` lines link: as {@link includeDirs}. */
  readonly libraryDirs?: readonly string[];
  /** Its files that are symbolic links, each with the file of the workspace it leads to. */
  readonly linkTargets?: readonly (readonly [file: string, target: string])[];
  /** The symbolic link by which it is imported, where `dir` is what the link leads to; from the workspace's root. */
  readonly linkedBy?: string;
  /** File sets of the directories outside its own from which it includes C or assembly headers. */
  readonly headerGlobs?: readonly string[];
  /** A file of its directory, from the workspace's root, that is a named pipe or a device: go would not end. */
  readonly endlessFile?: string;
  /** The GODEBUG defaults linked into a main package. */
  readonly defaultGodebug: string;
  readonly errors: readonly PackageError[];
  readonly testErrors: readonly PackageError[];
}

/** A package of which nothing is known but its import path, and the module that gives it. */
export function emptyPackage(importPath: string, module?: PackageModule): Package {
  return {
    importPath,
    name: '',
    dir: '',
    ...(module ? { module } : {}),
    files: [],
    ignoredFiles: [],
    testFiles: [],
    embedPatterns: [],
    embedFiles: [],
    testEmbedPatterns: [],
    testEmbedFiles: [],
    imports: [],
    testImports: [],
    cgo: false,
    standardCgo: false,
    includeDirs: [],
    defaultGodebug: '',
    errors: [],
    testErrors: [],
  };
}

/**
 * Whether build constraints exclude all files of a package: an error to whoever imports it, and none of its own (`go
 * test ./...` passes over it).
 */
export function isLeftOut(pkg: Package): boolean {
  return pkg.files.length === 0 && pkg.testFiles.length === 0 && pkg.ignoredFiles.length > 0;
}

/** Packages by import path, in the order of these; see {@link listingOf}. */
export type Listing = ReadonlyByName<Package>;

/** A listing of packages: in one order, however they were found. Of two with one import path the later one counts. */
export function listingOf(packages: Iterable<Package>): Listing {
  const byPath = new Map(Array.from(packages, (pkg) => [pkg.importPath, pkg]));
  return new ByName(sortedByName(byPath));
}

/** A listing with some of its packages replaced. */
export function withPackages(listing: Listing, changed: readonly Package[]): Listing {
  return changed.length ? listingOf([...listing.values(), ...changed]) : listing;
}

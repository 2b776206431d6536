/** What a package target is to make, as the graph inferred it from the options; part of the target's facts. */
export interface PackageFacts {
  /** The program's name in a package, without `.exe`. */
  readonly name: string;
  /** Targets that must succeed for all that the program is made of. */
  readonly gate: readonly string[];
  /** The packages to make; each is one file. */
  readonly archives: readonly PackageArchive[];
  /** Where the list of the archives' checksums goes, relative to the workspace's root, if one is made. */
  readonly checksums?: string;
  /** Globs of the licence files from the workspace's root; those of the first that matches are packaged. */
  readonly licenses: readonly string[];
  /** Why nothing can be packaged as things are written down, and what to write. */
  readonly problem?: string;
}

export interface PackageArchive {
  /** Relative to the workspace's root. */
  readonly path: string;
  readonly binaries: readonly PackagedBinary[];
}

/** A binary that a target of the same project builds. */
export interface PackagedBinary {
  readonly target: string;
  /** The name of the file that the target writes, by its named configuration; under '' without one. */
  readonly files: Readonly<Record<string, string>>;
  /** The platform it is for; absent where the build target's options leave it open. */
  readonly platform?: { readonly goos: string; readonly goarch: string };
}

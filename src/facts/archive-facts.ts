/** What a package target makes: the graph infers it from the options and keeps it among the target's facts. */
export interface ArchiveFacts {
  /** The program's name in the archive, without `.exe`. */
  readonly name: string;
  /** Targets that must succeed for every package that the program is made of. */
  readonly gate: readonly string[];
  /** The archives to write; each is one file. */
  readonly archives: readonly Archive[];
  /** File for the archives' checksums, relative to the workspace's root; absent where the format has none. */
  readonly checksums?: string;
  /** Globs of the licence files from the workspace's root; the archive holds those of the first that matches. */
  readonly licenses: readonly string[];
  /** Why the options cannot be followed, and what to write instead. */
  readonly problem?: string;
}

/** A zip, a tar.gz or an image. */
export interface Archive {
  /** Relative to the workspace's root. */
  readonly path: string;
  readonly binaries: readonly ArchivedBinary[];
}

/** A binary that a target of the same project builds. */
export interface ArchivedBinary {
  readonly target: string;
  /** The name of the file that the target writes, by its named configuration; under '' without one. */
  readonly files: Readonly<Record<string, string>>;
  /** The platform it is for; absent where the build target's options leave it open. */
  readonly platform?: { readonly goos: string; readonly goarch: string };
}

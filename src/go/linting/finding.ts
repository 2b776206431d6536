/** What a linter says of one place. */
export interface Finding {
  /** Absolute; what is said of no file has none. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The name of the linter or of its check. */
  readonly check: string;
  /** The lines it is about, as they stand in the file. */
  readonly source: readonly string[];
  /** Whether the package has no types: then a linter says nothing else, of any package. */
  readonly isTypeError: boolean;
}

/** What came of a linter's run. */
export interface LinterAnswer {
  readonly findings: readonly Finding[];
  /** What kept it from looking at all packages. */
  readonly failure?: string | undefined;
}

/** A run of a linter. */
export interface LinterRun {
  /** Path of the program. */
  readonly tool: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Packages, relative to `cwd`. */
  readonly patterns: readonly string[];
  readonly tags: readonly string[] | undefined;
  /** More flags. */
  readonly args: readonly string[];
}

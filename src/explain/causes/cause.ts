/** What happened to a file that a task's hash holds. */
export type FileChange =
  | 'changed'
  | 'new'
  | 'gone'
  /** It is there, and the file sets now take it out: a build constraint, a named input. */
  | 'excluded'
  /** It was there, and was taken out. */
  | 'included';

/** A file, as its task sees it. Paths are from the workspace's root, with forward slashes. */
export interface FileCause {
  readonly kind: 'file';
  readonly path: string;
  readonly change: FileChange;
  /** The directories of the packages from one of the task to that of the file: each imports the next. */
  readonly chain?: readonly string[];
  /** The first line that changed, from 1, and what it stands in: `func Total(lines []Line) int`. */
  readonly line?: number;
  readonly within?: string;
}

/** Files that count now and did not, or the other way round, whatever is in them. */
export interface FileSetCause {
  readonly kind: 'package' | 'directory';
  /** Of the package, or where files lie that a package embeds or includes. */
  readonly path: string;
  readonly change: 'added' | 'removed';
  /** As {@link FileCause.chain}. */
  readonly chain?: readonly string[];
}

/** Something with a value, of which the values are known or not. */
export interface ValueCause {
  readonly kind:
    | 'module'
    /** A setting of go, or a variable. */
    | 'setting'
    | 'toolchain'
    | 'compiler'
    /** What a go.mod or go.work says for all packages of its module: the go directive, GODEBUG. */
    | 'manifest'
    /** An option of a project's target, or another key of a project's configuration. */
    | 'option'
    /** Arguments of the command line. */
    | 'arguments';
  /** What has the value: a module's path, a setting, `cmd/api:build options.ldflags`. */
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  /** For a module: whose go.mod asks for the new version. */
  readonly requiredBy?: readonly string[];
}

/** What another task wrote. */
export interface OutputCause {
  readonly kind: 'output';
  readonly path: string;
}

/** A part that moved, without anything that would tell why. */
export interface UnknownCause {
  readonly kind: 'other';
  /** As Nx names it. */
  readonly part: string;
}

/** Why the hash of a task is another one. */
export type Cause = FileCause | FileSetCause | ValueCause | OutputCause | UnknownCause;

/** The most specific first. */
const ORDER: readonly Cause['kind'][] = [
  'file',
  'package',
  'directory',
  'module',
  'setting',
  'toolchain',
  'compiler',
  'manifest',
  'option',
  'arguments',
  'output',
  'other',
];

/** In the order in which they are told. */
export function sortedCauses(causes: readonly Cause[]): Cause[] {
  const nameOf = (cause: Cause): string => ('path' in cause ? cause.path : 'name' in cause ? cause.name : cause.part);
  return [...causes].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0),
  );
}

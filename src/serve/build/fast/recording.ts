import { statOf } from '../../../files.js';
import type { ToolCommand } from '../../../go/actions/build-script.js';
import { stampOf, type Stamp } from '../../../workspace/kept/stamp.js';
import type { SourceFile } from './source-file.js';

/** A package whose result may become another one: one that lies outside of go's caches, or imports such a package. */
export interface RecordedPackage {
  readonly importPath: string;
  /** What its action's id is made of, as it was recorded; {@link SourceFile} and imports take the place of theirs. */
  readonly pieces: readonly string[];
  /** Those of its imports that are recorded as well. */
  readonly imports: readonly string[];
  readonly sources: readonly SourceFile[];
  /** How it is compiled; why it cannot be compiled without go. */
  readonly compile: RecordedCompile | string;
  /** Where its compiled form was, and the id of its content. */
  readonly archive: string;
  readonly contentId: string;
}

/** A compile, without the names of its sources. */
export interface RecordedCompile extends ToolCommand {
  /** Import configuration of all that is imported, line by line. */
  readonly importcfg: readonly string[];
  readonly embedcfg?: string;
}

/** A program, and how it is linked. */
export interface RecordedMain {
  readonly importPath: string;
  /** Absolute. */
  readonly output: string;
  /** The recorded packages that it is made of. */
  readonly closure: ReadonlySet<string>;
  readonly pieces: readonly string[];
  /** Its last word is the compiled main package. */
  readonly link: ToolCommand;
  readonly importcfg: readonly string[];
  /** The action of the program that lies there, and the program's stamp. */
  readonly linked: string;
  readonly stamp: Stamp;
}

/** All that is needed to build programs of one build configuration as `go build` does, from edited sources. */
export interface Recording {
  readonly cwd: string;
  /** What the tools run with, laid over the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** By import path, each after what it imports. */
  readonly packages: ReadonlyMap<string, RecordedPackage>;
  readonly mains: ReadonlyMap<string, RecordedMain>;
  /** By import path: why a program cannot be built from what was recorded. */
  readonly refused: ReadonlyMap<string, string>;
  /** Of tools and settings files, see {@link versionOf}: what was recorded holds as long as they are the same. */
  readonly versions: ReadonlyMap<string, string>;
}

/** `packagefile x=…` in an import configuration, with the package and its file. */
export const PACKAGE_FILE = /^packagefile ([^=]+)=(.*)$/;
/** `import x …` in an action, with the package. */
export const IMPORT_PIECE = /^import (\S+) (\S+)\n$/;
/** `file x …` in an action, with the file's name. */
export const FILE_PIECE = /^file (.*) (\S+)\n$/s;

/** What tells that a file is another one, or that there is none. A further link to it does not count. */
export function versionOf(path: string): string {
  const stat = statOf(path);
  return stat ? [stat.size, stat.mtimeMs, stat.ino].join() : '';
}

/** A file's stamp; empty where there is no file. */
export function stampOfFile(path: string): Stamp {
  const stat = statOf(path);
  return stat ? stampOf(stat, Infinity) : [];
}

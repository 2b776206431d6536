import type { ProjectGraphExternalNode } from '@nx/devkit';

import type { PackageReads } from '../facts/target-kinds.js';
import type { GroupListing, Module, ModuleGroup } from '../workspace/workspace.js';
import type { Platform } from './build-constraints.js';
import type { Inputs } from './embed-patterns.js';
import type { ImportWalks } from './import-walks.js';

/** How the rest of the workspace is named, for inputs that refer to it. */
export interface Names {
  /** The project of a module or go.work directory. */
  ownerOfManifest(dir: string): string | undefined;
  /** The nearest directory at or above one that holds a go.work, whether it is in force there or not. */
  workDirAbove(dir: string): string | undefined;
  /** The library project whose named input holds the sources of the package in `dir`, if it has one. */
  sourcesOf(dir: string): string | undefined;
  /** The module a directory belongs to. */
  moduleOf(dir: string): Module | undefined;
  /** The platform that the named input for files of other systems is for; undefined where a directory has none. */
  platformOf(dir: string): Platform | undefined;
  /** Whether Nx lists the directory's files; what it does not is hashed from disk. */
  isListed(dir: string): boolean;
  /** The Go files of a directory that tasks are declared to write, as globs without the directory. */
  generatedSources(dir: string): readonly string[];
  /** The tasks that are declared to write Go files of a directory: those that a glob names, or all. */
  writersOf(dir: string): readonly (WritingTask & { readonly glob: string | undefined })[];
  /** The submodule of git that a directory lies in, the outermost one. */
  submoduleOf(dir: string): string | undefined;
  /** What inputs can leave to the edges between projects; undefined where they have to name all projects. */
  readonly walks: ImportWalks | undefined;
}

/** A target that writes what others read. */
export interface WritingTask {
  readonly project: string;
  readonly target: string;
}

/** One build configuration that a target can run under. */
export interface TargetListing {
  readonly listing: GroupListing;
  /** The named input that holds a library's sources for it; without one, every package is a flat file set. */
  readonly sourcesInput: string | undefined;
}

export interface TargetRequest {
  readonly group: ModuleGroup;
  readonly module: Module;
  /** The packages that the target builds or tests, directories relative to the workspace's root. */
  readonly dirs: readonly string[];
  /** The project's own directory: its file sets are written as `{projectRoot}`. */
  readonly projectDir: string;
  readonly reads: PackageReads;
  readonly listings: readonly TargetListing[];
  /** Files of the workspace that options name, e.g. a PGO profile. */
  readonly namedFiles: readonly string[];
  /** Environment variables that options refer to. */
  readonly variables: readonly string[];
  /** Projects that the user declared as implicit dependencies. */
  readonly implicitDependencies: readonly string[];
  /** Whether other tasks run before the target's, which may write what it reads. */
  readonly hasDependencies: boolean;
}

/** What a target's hash is made of. */
export interface TargetInputs {
  readonly inputs: Inputs;
  readonly externalNodes: readonly ProjectGraphExternalNode[];
  /** Whether code outside the standard library uses cgo. */
  readonly cgo: boolean;
  /** Why no hash can cover the target; empty when it can be cached. */
  readonly uncacheable: readonly string[];
  /** A file of the closure for which go would wait without end, from the workspace's root. */
  readonly endlessFile: string | undefined;
  /**
   * What the packages of the closure make go read (see `packageReads`), where it holds code that tasks write and git
   * ignores: such code can come to read more without Nx noticing.
   */
  readonly closure: readonly string[] | undefined;
  /** What writes code of the closure that git ignores. */
  readonly writers: readonly WritingTask[];
}

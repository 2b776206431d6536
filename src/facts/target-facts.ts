import type { TargetConfiguration } from '@nx/devkit';

import type { ArchiveFacts } from './archive-facts.js';
import type { GeneratorFacts } from './generator-facts.js';
import type { LinterFacts } from './linter-facts.js';
import type { ScanFacts } from './scan-facts.js';

/**
 * What the graph knows of a target and its executor needs, kept under `metadata.gopher` of the target: Nx leaves
 * metadata out of the hash, and all of this follows from what the inputs name.
 */
export interface TargetFacts {
  /** Keys (see `buildConfigurationKey`) of the build configurations that the inputs were inferred for. */
  readonly buildConfigurations: readonly string[];
  /** Whether the closure holds a package that uses cgo; left out where it does not. */
  readonly cgo?: boolean;
  /**
   * Directories, relative to the workspace's root, of the packages that the target builds or tests; left out where that
   * is the project's own alone.
   */
  readonly packages?: readonly string[];
  /** PGO profiles, relative to the workspace's root, that the inputs name. */
  readonly profiles?: readonly string[];
  /**
   * What the closure's packages (see `packageReads`) make go read, where it holds code that tasks write and git
   * ignores.
   */
  readonly closure?: readonly string[];
  /** Whether the program that it builds waits for invocations of AWS Lambda; left out where it does not. */
  readonly lambda?: boolean;
  /** Why the target must not run: it would destroy what another one writes, or not come to an end. */
  readonly clash?: string;
  /** Why nothing can hash the target; it is then not cached. */
  readonly uncacheable?: readonly string[];
  /** The archives of a package target; other targets have none. */
  readonly archive?: ArchiveFacts;
  /** What the commands of a target that runs generators name; other targets have none. */
  readonly generators?: GeneratorFacts;
  /** What a linter or formatter is told of a target's packages; other targets have none. */
  readonly linter?: LinterFacts;
  /** The binary that a target looks into; other targets have none. */
  readonly scan?: ScanFacts;
}

/**
 * Whether a target that has facts still has the inferred inputs: an archive has the outputs of its builds among them,
 * as has what looks into a binary; every other target has `goModule`. Inputs in nx.json or a project file may have
 * replaced them.
 */
export function hasInferredInputs(target: Pick<TargetConfiguration, 'inputs' | 'metadata'> | undefined): boolean {
  const { archive, scan } = targetFacts(target) ?? {};
  const readsBuilds = archive !== undefined || (scan !== undefined && scan.source !== true);
  const isInferred = (input: { readonly input?: string }): boolean =>
    readsBuilds ? Object.hasOwn(input, 'dependentTasksOutputFiles') : input.input === 'goModule';
  return target?.inputs?.some((input) => isInferred(Object(input))) ?? false;
}

/** Reads the facts of a target from its configuration; undefined when nx-gopher did not infer the target. */
export function targetFacts(target: { readonly metadata?: object } | undefined): TargetFacts | undefined {
  const metadata: { readonly gopher?: TargetFacts } | undefined = target?.metadata;
  return metadata?.gopher;
}

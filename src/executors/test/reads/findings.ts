import { statSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import fastGlob from 'fast-glob';
import { minimatch } from 'minimatch';

import { isInside, toPosix } from '../../../paths.js';
import type { TaskInputs } from './task-inputs.js';
import type { TestReads } from './test-reads.js';

/** An entry of a target's `inputs`. */
export type InputLine = string | { readonly fileset: string; readonly includeIgnored: true } | { readonly env: string };

/** What a test read that its task's inputs do not name. */
export interface Findings {
  /** What to add to the inputs. */
  readonly lines: readonly InputLine[];
  /** Files that no input can name: outside the workspace, or Nx's and git's own; absolute. */
  readonly unhashable: readonly string[];
}

/** Where a test ran. */
export interface Surroundings {
  readonly workspaceRoot: string;
  /** When it started, in milliseconds since 1970: what is younger, the test itself has written. */
  readonly startTime: number;
  /** Directories outside the workspace that need no input: toolchain, module and build cache, temporary files. */
  readonly accountedFor: readonly string[];
}

/**
 * Variables that say where things are on a machine, or that go sets itself. Everyone has other values: were they in a
 * hash, no result could be shared.
 */
const PLACES =
  /^(PATH|PATHEXT|PWD|HOME|USERPROFILE|TMPDIR|TMP|TEMP|GOTMPDIR|GOROOT|GOPATH|GOCACHE|GOMODCACHE|GOCOVERDIR)$/;
/** What package net reads whenever a name is looked up, `localhost` too. */
const RESOLVER = /^(LOCALDOMAIN|RES_OPTIONS|HOSTALIASES)$/;
const SYSTEM = ['/dev', '/proc', '/sys'];

/** Holds what a test read against what its task's inputs name. */
export function findings(reads: TestReads, inputs: TaskInputs, surroundings: Surroundings): Findings {
  const judge = new FileJudge(inputs, surroundings);
  for (const path of reads.opened) judge.opened(path);
  for (const path of reads.examined) judge.examined(path);
  const variables = [...reads.environment].filter(
    (name) => !PLACES.test(name) && !RESOLVER.test(name) && !inputs.hasVariable(name),
  );
  return {
    lines: [...judge.lines(), ...variables.sort().map((env) => ({ env }))],
    unhashable: [...judge.unhashable].sort(),
  };
}

/** Sorts the files that a test read. */
class FileJudge {
  readonly unhashable = new Set<string>();
  readonly #files = new Set<string>();
  readonly #directories = new Set<string>();
  readonly #roots: readonly string[];
  readonly #accountedFor: readonly string[];

  constructor(
    private readonly inputs: TaskInputs,
    private readonly surroundings: Surroundings,
  ) {
    const { workspaceRoot, accountedFor } = surroundings;
    this.#roots = withRealPaths([workspaceRoot]);
    this.#accountedFor = withRealPaths([...accountedFor, ...SYSTEM]);
  }

  opened(path: string): void {
    const inWorkspace = this.#inWorkspace(path);
    if (inWorkspace !== undefined) this.#judge(inWorkspace, true);
    else if (!this.#accountedFor.some((dir) => isInside(dir, path)) && stats(path)) this.unhashable.add(path);
  }

  examined(path: string): void {
    const inWorkspace = this.#inWorkspace(path);
    if (inWorkspace !== undefined) this.#judge(inWorkspace, false);
  }

  /** The file sets to add, sorted; of a directory that was listed, one for all that lies in it. */
  lines(): InputLine[] {
    const dirs = [...this.#directories].sort();
    const covers = dirs
      .filter((dir) => !dirs.some((other) => other !== dir && below(other, dir)))
      .map((dir) => ({ dir, deep: dirs.some((other) => other !== dir && below(dir, other)) }))
      .map(({ dir, deep }) => `${dir === '' ? '' : `${fastGlob.escapePath(dir)}/`}${deep ? '**/*' : '*'}`);
    const covered = (path: string): boolean => covers.some((pattern) => minimatch(path, pattern, { dot: true }));
    const rest = [...this.#files].filter((path) => !covered(path) || this.#isIgnored(path)).sort();
    return [
      ...covers.map((pattern) => `{workspaceRoot}/${pattern}`),
      ...rest.map((path) => {
        const fileset = `{workspaceRoot}/${fastGlob.escapePath(path)}`;
        return this.#isIgnored(path) ? ({ fileset, includeIgnored: true } as const) : fileset;
      }),
    ];
  }

  #judge(path: string, opened: boolean): void {
    const absolute = join(this.surroundings.workspaceRoot, path);
    if (/^\.(git|nx)(\/|$)/.test(path)) {
      if (opened) this.unhashable.add(absolute);
      return;
    }
    const stat = stats(absolute);
    if (!stat) {
      if (!this.#isMadeByTest(dirname(absolute)) && !this.inputs.wouldHaveFile(path)) this.#files.add(path);
    } else if (stat.isDirectory()) {
      // To list a directory is to read the names of all files in it, those to come included.
      if (opened && !this.inputs.wouldHaveFile(join(path, 'a-new-file'))) this.#directories.add(path);
    } else if (stat.mtimeMs < this.surroundings.startTime && !this.inputs.hasFile(path)) {
      this.#files.add(path);
    }
  }

  /** Whether a directory that is not there, or the nearest one above it that is, changed while the test ran. */
  #isMadeByTest(dir: string): boolean {
    const stat = stats(dir);
    return stat ? stat.mtimeMs >= this.surroundings.startTime : this.#isMadeByTest(dirname(dir));
  }

  #isIgnored(path: string): boolean {
    return !this.inputs.isListed(path) && stats(join(this.surroundings.workspaceRoot, path)) !== undefined;
  }

  /** The path from the workspace root, links followed; undefined when it lies elsewhere. */
  #inWorkspace(path: string): string | undefined {
    const real = realPath(path);
    const root = this.#roots.find((candidate) => isInside(candidate, real));
    return root === undefined ? undefined : toPosix(relative(root, real));
  }
}

function withRealPaths(dirs: readonly string[]): string[] {
  return [...new Set(dirs.flatMap((dir) => [dir, realPath(dir)]))];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function stats(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function below(parent: string, path: string): boolean {
  return parent === '' || path.startsWith(`${parent}/`);
}

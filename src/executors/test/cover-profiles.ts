import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createStaging, place, stagingFolder, type Staging } from '../output/staging.js';
import type { ReadyTask } from '../task/task.js';
import { coverageMode, joinCoverageProfiles, splitCoverageProfile } from './coverage-profile.js';
import type { TestExecutorOptions } from './schema.js';
import { coverProfilePath, defaultProfilePath } from './test-flags.js';

type TestTask = ReadyTask<TestExecutorOptions>;

/** The one profile that go writes for all tasks of a process, and its way to a file for each of them. */
export class CoverProfiles {
  readonly #staging: Staging;
  readonly #tasks: readonly { readonly task: TestTask; readonly path: string }[];

  private constructor(tasks: readonly { task: TestTask; path: string }[], workspaceRoot: string) {
    this.#tasks = tasks;
    this.#staging = createStaging(stagingFolder(workspaceRoot));
  }

  /**
   * Removes the profiles that earlier runs left in the tasks' outputs: one that this run does not make again would go
   * into the cache with its result.
   *
   * @returns undefined when none of the tasks measures coverage.
   */
  static of(tasks: readonly TestTask[], workspaceRoot: string): CoverProfiles | undefined {
    for (const task of tasks) rmSync(defaultProfilePath(task, workspaceRoot), { force: true });
    const covered = tasks.flatMap((task) => {
      const path = coverProfilePath(task, workspaceRoot);
      return path === undefined ? [] : [{ task, path }];
    });
    return covered.length > 0 ? new CoverProfiles(covered, workspaceRoot) : undefined;
  }

  get flag(): string {
    return `-coverprofile=${this.#merged}`;
  }

  /** Puts each task's profile in its place; go writes one for failing tests too. */
  write(): void {
    // Go makes none when it could not load a single package: then the old ones stay, as with go.
    if (!existsSync(this.#merged)) return;
    const merged = readFileSync(this.#merged, 'utf8');
    const split = splitCoverageProfile(merged);
    for (const [index, { task, path }] of this.#tasks.entries()) {
      const lines = task.packages.flatMap(({ importPath }) => split.get(importPath) ?? []);
      const file = join(this.#staging.dir, `${index}.out`);
      const whole = task.options.coverPkg !== undefined;
      writeFileSync(file, whole ? merged : joinCoverageProfiles(lines, coverageMode(merged)));
      place(file, path);
    }
  }

  remove(): void {
    this.#staging.remove();
  }

  get #merged(): string {
    return join(this.#staging.dir, 'merged.out');
  }
}

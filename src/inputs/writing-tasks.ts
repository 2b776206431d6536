import { minimatch } from 'minimatch';

import type { Package } from '../go/listing/package.js';
import type { ModuleGroup } from '../workspace/workspace.js';
import { missingImportDirs } from './missing-import.js';
import type { Names, WritingTask } from './target-request.js';

/** Gathers the tasks that write code which git ignores. */
export class WritingTasks {
  private readonly tasks = new Map<string, WritingTask>();

  constructor(private readonly names: Names) {}

  get size(): number {
    return this.tasks.size;
  }

  /** Those that write files of a package. Nobody waits for what writes files anew that git holds. */
  addPackage({ dir, files, testFiles, ignoredFiles, untrackedFiles = [] }: Package): void {
    const tracked = [...files, ...testFiles, ...ignoredFiles].filter((file) => !untrackedFiles.includes(file));
    this.add(dir, tracked);
  }

  /** Those that write a package which is not there yet. */
  addMissing(importPath: string, group: ModuleGroup): void {
    for (const { dir } of missingImportDirs(importPath, group)) this.add(dir, []);
  }

  private add(dir: string, tracked: readonly string[]): void {
    for (const { project, target, glob } of this.names.writersOf(dir)) {
      const isTracked = tracked.some((file) => glob === undefined || minimatch(file, glob));
      if (!isTracked) this.tasks.set(JSON.stringify([project, target]), { project, target });
    }
  }

  all(): WritingTask[] {
    return [...this.tasks.values()];
  }
}

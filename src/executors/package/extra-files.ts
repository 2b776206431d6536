import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

import fastGlob from 'fast-glob';

import { TaskError } from '../task/task-error.js';
import type { ArchiveEntry } from './archive-entry.js';
import type { PackageExecutorOptions } from './schema.js';

/**
 * The files that the option `files` names. A file keeps its path from the project's directory, or, where it lies
 * elsewhere or a `target` is given, from the part of the glob before the first wildcard.
 *
 * The disk's permissions are not looked at: no hash holds them, and some file systems have none.
 *
 * @param projectRoot relative to the workspace root.
 * @throws TaskError where a glob matches nothing.
 */
export function extraFiles(
  files: PackageExecutorOptions['files'],
  projectRoot: string,
  workspaceRoot: string,
): ArchiveEntry[] {
  return (files ?? []).flatMap((file) => {
    const { source, target, executable = false } = typeof file === 'string' ? { source: file } : file;
    const pattern = posix.normalize(source);
    const isDirectory = statSync(join(workspaceRoot, pattern), { throwIfNoEntry: false })?.isDirectory();
    const paths = matches(isDirectory ? `${pattern}/**` : pattern, workspaceRoot);
    if (paths.length === 0) throw new TaskError(`No file matches ${source}, which the option files names.\n`);
    return paths.map((path) => ({
      path: posix.join(target ?? '', placeOf(path, pattern, target === undefined ? projectRoot : undefined)),
      content: readFileSync(join(workspaceRoot, path)),
      executable,
    }));
  });
}

/** The licence files of the first of the globs that matches any. */
export function licenses(globs: readonly string[], workspaceRoot: string): ArchiveEntry[] {
  for (const glob of globs) {
    const paths = matches(glob, workspaceRoot);
    if (paths.length === 0) continue;
    return paths.map((path) => ({
      path: posix.basename(path),
      content: readFileSync(join(workspaceRoot, path)),
      executable: false,
    }));
  }
  return [];
}

function matches(glob: string, workspaceRoot: string): string[] {
  return fastGlob.sync(glob, { cwd: workspaceRoot, dot: true });
}

function placeOf(path: string, pattern: string, projectRoot: string | undefined): string {
  if (projectRoot !== undefined && (projectRoot === '.' || path.startsWith(`${projectRoot}/`))) {
    return posix.relative(projectRoot, path);
  }
  const fixed = pattern.split('/');
  const wild = fixed.findIndex((name) => fastGlob.isDynamicPattern(name));
  const base = fixed.slice(0, wild === -1 ? -1 : wild).join('/');
  return posix.relative(base, path);
}

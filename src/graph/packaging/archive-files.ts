import { posix, win32 } from 'node:path';

import type { GoProject } from '../projects/projects.js';
import { fill } from '../targets/target-paths.js';

interface NamedFiles {
  readonly source: string;
  readonly target: string | undefined;
}

/** The globs of the option `files`, from the workspace's root; without those that lead out of it. */
export function filePatterns(files: unknown, project: GoProject): string[] {
  return namedFiles(files).flatMap(({ source }) =>
    leavesWorkspace(source, project) ? [] : posix.normalize(fromRoot(source, project)).replace(/^\/|\/$/g, ''),
  );
}

/** Why the option `files` cannot be followed: what lies outside the workspace is in no hash. */
export function filesProblem(files: unknown, project: GoProject): string | undefined {
  for (const { source, target } of namedFiles(files)) {
    if (leavesWorkspace(source, project)) {
      return (
        `The option files of ${project.name}'s archive names "${source}", which is outside the workspace: no hash would ` +
        `hold it. Copy the file into the workspace, and name the copy.`
      );
    }
    if (target !== undefined && (isAbsolute(target) || hasParent(target))) {
      return (
        `The option files of ${project.name}'s archive puts "${source}" at the target "${target}", which is not a path ` +
        `inside the archive. Write one without ".." and without a slash at its beginning, e.g. "etc/ssl".`
      );
    }
  }
  return undefined;
}

/** The entries of the option; nothing has checked yet what they are. */
function namedFiles(files: unknown): NamedFiles[] {
  const list: readonly unknown[] = Array.isArray(files) ? files : [];
  return list.flatMap((file) => {
    const { source, target } = (typeof file === 'string' ? { source: file } : Object(file)) as {
      readonly source?: unknown;
      readonly target?: unknown;
    };
    return typeof source === 'string' ? { source, target: typeof target === 'string' ? target : undefined } : [];
  });
}

function leavesWorkspace(source: string, project: GoProject): boolean {
  const written = source.replace(/^\{workspaceRoot\}\//, '');
  return isAbsolute(written) || hasParent(posix.normalize(fromRoot(source, project).replaceAll('\\', '/')));
}

function fromRoot(source: string, project: GoProject): string {
  return fill(source.replace(/^\{workspaceRoot\}\//, '').replaceAll('{projectRoot}', project.dir), project);
}

/** Whether a path is absolute on any system, also as an alternative of a glob. */
function isAbsolute(path: string): boolean {
  return posix.isAbsolute(path) || win32.isAbsolute(path) || /^[{(](.*[,|])?\//.test(path);
}

/** Whether `..` is among a path's elements, or among the alternatives of a glob. */
function hasParent(path: string): boolean {
  return /(^|[/\\{,(|])\.\.($|[/\\},)|])/.test(path);
}

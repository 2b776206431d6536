import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';

import { fromRoot, isInWorkspace } from './paths.js';

/**
 * Reads a regular file, whatever links lead to it. Opening a named pipe would wait for whoever writes into it, and a
 * device may never end: neither is read.
 *
 * @throws Error with the system's `code`, or `ENOTREG` for what is no regular file.
 */
export function readRegularFile(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw Object.assign(new Error(`${path} is not a regular file`), { code: 'ENOTREG' });
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** What went wrong with a file, without the file's path: that may be another one on each machine. */
export function problemOf({ code, message }: NodeJS.ErrnoException): string {
  const description = code === undefined ? undefined : PROBLEMS.get(code);
  return description ?? code ?? message;
}

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a directory'],
  ['ELOOP', 'its symbolic links lead in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['ENOENT', 'there is no such file'],
  ['ENOTREG', 'it is not a regular file'],
  ['ENXIO', 'it is not a regular file'],
]);

/** The text of a regular file; undefined where there is none that can be read. */
export function textOf(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): string | undefined {
  try {
    return readRegularFile(path).toString(encoding);
  } catch {
    return undefined;
  }
}

/**
 * What a path leads to; undefined where there is nothing, and where the system does not tell, be it for a missing
 * permission, links that lead in a circle or a name too long: each is an error to `statSync`.
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/** Whether a path is itself a symbolic link, wherever that leads. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}

/**
 * Where a path of the workspace leads to by symbolic links, from the workspace's root: neither git nor Nx looks
 * through one. Undefined where no link is on the way, where one dangles, and where they lead out of the workspace.
 * Both absolute.
 */
export function linkTarget(workspaceRoot: string, path: string): string | undefined {
  try {
    const target = fromRoot(realpathSync.native(workspaceRoot), realpathSync.native(path));
    return isInWorkspace(target) && target !== fromRoot(workspaceRoot, path) ? target : undefined;
  } catch {
    return undefined;
  }
}

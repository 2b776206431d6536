import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync, type Stats } from 'node:fs';

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

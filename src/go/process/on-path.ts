import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

import { isFile } from '../../files.js';

/**
 * The file of a command on PATH; undefined where there is none. As for go, what cannot be run does not count, and a
 * command that is found in the current directory first, by `.` or an empty entry, is none.
 */
export function onPath(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const isWindows = process.platform === 'win32';
  const names = isWindows ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`, name] : [name];
  const folders = path === '' ? [] : path.split(delimiter).filter((folder) => folder !== '' || !isWindows);
  const file = folders.flatMap((folder) => names.map((one) => join(folder, one))).find(isProgram);
  return file !== undefined && isAbsolute(file) ? file : undefined;
}

function isProgram(file: string): boolean {
  if (!isFile(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

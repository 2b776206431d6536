import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file of a command on PATH; undefined where there is none. */
export function onPath(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`, name] : [name];
  const files = path.split(delimiter).flatMap((folder) => names.map((file) => join(folder, file)));
  return files.find((file) => existsSync(file));
}

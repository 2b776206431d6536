import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the plugin's package, absolute; this code lies in its src, or somewhere in its dist. */
export const PACKAGE_ROOT = folderWith('executors.json', dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file of the plugin's package. */
export function packageFile(...path: readonly string[]): string {
  return join(PACKAGE_ROOT, ...path);
}

function folderWith(file: string, folder: string): string {
  if (existsSync(join(folder, file))) return folder;
  if (folder === dirname(folder))
    throw new Error(`nx-gopher is not installed as a whole: there is no ${file} above its code`);
  return folderWith(file, dirname(folder));
}

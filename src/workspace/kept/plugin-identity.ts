import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packageFile, PACKAGE_ROOT } from '../../package-root.js';

/** src or dist. */
const [CODE = ''] = relative(PACKAGE_ROOT, fileURLToPath(import.meta.url)).split(sep);

/**
 * A digest of the plugin's version and of the sizes and times of its files: a plugin that was linked or built again
 * under the same version is another one.
 */
export function pluginIdentity(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  const files = readdirSync(packageFile(CODE), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.d)\.[jt]s$/.test(file),
  );
  const states = files.sort().map((file) => {
    const { size, mtimeMs } = statSync(packageFile(CODE, file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return createHash('sha256')
    .update([version, ...states].join('\n'))
    .digest('hex');
}

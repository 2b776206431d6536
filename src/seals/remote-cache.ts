import { createRequire } from 'node:module';
import { join } from 'node:path';

import { usesNxCloud } from '../nx/nx-cloud.js';

/** The packages with which Nx keeps its cache in a bucket or on a shared disk; see getRemoteCache in nx. */
const CACHE_PACKAGES = ['s3', 'gcs', 'azure', 'shared-fs'].flatMap((kind) => [
  `@nx/${kind}-cache`,
  `@nx/powerpack-${kind}-cache`,
]);

/** Whether Nx has a remote cache to ask, as far as the environment, nx.json and installed packages tell. */
export function hasRemoteCache(workspaceRoot: string, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env['NX_SELF_HOSTED_REMOTE_CACHE_SERVER']) return true;
  if (usesNxCloud(workspaceRoot)) return true;
  const { resolve } = createRequire(join(workspaceRoot, 'package.json'));
  return CACHE_PACKAGES.some((name) => {
    try {
      return Boolean(resolve(`${name}/package.json`));
    } catch {
      return false;
    }
  });
}

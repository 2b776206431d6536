import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun } from './command.js';
import { environment } from './environment.js';
import { linkFolder } from './link-folder.js';
import { temporaryFolder } from './temporary-folder.js';

/** A GOCACHE apart from that of {@link environment}: what the one user compiled of a workspace, the other has not. */
export const GO_CACHE_OF_ANOTHER_USER = temporaryFolder('go-cache-of-another-user');

/** With these nearly all comes that the workspaces of the tests import of the standard library. */
const STANDARD_LIBRARY = ['testing', 'net/http', 'encoding/json', 'log/slog', 'os/signal', 'embed'];

/**
 * Compiles the standard library once, into all caches that are still empty. Otherwise test files that run side by side
 * would each compile it, and each user would.
 */
export async function fillGoCaches(): Promise<void> {
  const folders = [environment()['GOCACHE'] ?? '', GO_CACHE_OF_ANOTHER_USER];
  const empty = folders.filter((folder) => !existsSync(join(folder, '00')));
  if (empty.length === 0) return;
  const compiled = mkdtempSync(join(temporaryFolder('standard-library'), 'go-cache-'));
  const settings = environment({ GOCACHE: compiled });
  await mustRun('go', ['build', '-trimpath', ...STANDARD_LIBRARY], temporaryFolder(), settings);
  for (const folder of empty) {
    rmSync(folder, { recursive: true });
    await linkFolder(compiled, folder);
  }
  rmSync(compiled, { recursive: true });
}

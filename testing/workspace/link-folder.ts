import { cpSync } from 'node:fs';
import { dirname } from 'node:path';

import { mustRun } from './command.js';
import { environment } from './environment.js';

/**
 * Makes `to` a folder like `from`, whose files nobody writes into: hard links make it cheap where the system has them.
 */
export async function linkFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'linux') await mustRun('cp', ['-al', from, to], dirname(to), environment());
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

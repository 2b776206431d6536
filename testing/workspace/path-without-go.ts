import { existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { run } from './command.js';
import { environment } from './environment.js';
import { temporaryFolder } from './temporary-folder.js';

/** A PATH with what Nx needs, the C compilers that go would look for, and no go. */
export async function pathWithoutGo(): Promise<string> {
  const folder = mkdtempSync(join(temporaryFolder('paths'), 'without-go-'));
  for (const name of ['git', 'sh', 'node', 'gcc', 'g++', 'clang', 'clang++']) {
    const { stdout } = await run('sh', ['-c', `command -v ${name}`], folder, environment());
    if (existsSync(stdout.trim())) symlinkSync(stdout.trim(), join(folder, name));
  }
  return folder;
}

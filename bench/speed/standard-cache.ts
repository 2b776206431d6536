import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { MODULE } from '../../testing/generated/sources.js';

/** All that builds, tests and vets compile: with and without `-trimpath` are two compiled packages. */
const COMMANDS = [
  ['build', './...'],
  ['build', '-trimpath', './...'],
  ['test', './...'],
  ['vet', './...'],
];

/**
 * A GOCACHE in which of a workspace's packages only those of the standard library are compiled: what a developer or a
 * CI image starts from. Made once per Go version and set of imports; to be copied, not to be used.
 */
export async function standardCache(workspaceRoot: string): Promise<string> {
  const imports = await standardImports(workspaceRoot);
  const { stdout } = await mustRun('go', ['env', 'GOVERSION'], workspaceRoot, environment());
  const digest = createHash('sha256').update(imports.join()).digest('hex').slice(0, 8);
  const cache = join(temporaryFolder('bench'), `gocache-${stdout.trim()}-${digest}`);
  if (existsSync(cache)) return cache;
  const folder = mkdtempSync(join(temporaryFolder('bench'), 'standard-'));
  const unfinished = join(folder, 'gocache');
  writeFiles(folder, {
    'go.mod': 'module example.com/standard\n\ngo 1.24\n',
    'main.go': `package main\n\nimport (\n${imports.map((path) => `\t_ "${path}"\n`).join('')})\n\nfunc main() {}\n`,
    'main_test.go': 'package main\n\nimport "testing"\n\nfunc TestNothing(*testing.T) {}\n',
  });
  for (const command of COMMANDS) await mustRun('go', command, folder, environment({ GOCACHE: unfinished }));
  renameSync(unfinished, cache);
  rmSync(folder, { recursive: true });
  return cache;
}

async function standardImports(workspaceRoot: string): Promise<string[]> {
  const format = '{{join .Imports "\\n"}}\n{{join .TestImports "\\n"}}';
  const { stdout } = await mustRun('go', ['list', '-f', format, './...'], workspaceRoot, environment());
  const paths = stdout.split('\n').filter((path) => path !== '' && !path.startsWith(`${MODULE}/`));
  return [...new Set(paths)].sort();
}

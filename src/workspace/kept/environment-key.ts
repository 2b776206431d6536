import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { statOf, textOf } from '../../files.js';
import { settingsFile } from '../../go/configuration/settings-file.js';

const VARIABLE = /^(GO[A-Z0-9_]*|CGO_[A-Z_]*|CC|CXX|FC|AR|PKG_CONFIG[A-Z_]*|NX_GOPHER_[A-Z_]*)$/;

/** Whether the go command, or a C compiler that it calls, reads a variable. */
export function isGoVariable(name: string): boolean {
  return VARIABLE.test(name);
}

/**
 * A digest of the environment a listing is made in: Go's variables, its settings file (`go env -w`) and the identity
 * of the go command on PATH. Starts no process: it is taken at every computation of the graph.
 */
export function environmentKey(env: NodeJS.ProcessEnv = process.env): string {
  const variables = Object.entries(env)
    .filter(([name]) => isGoVariable(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [variables, settingsFile(env), goIdentity(env)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Which go command PATH gives: its real path, size and time, and the version its GOROOT names. */
function goIdentity(env: NodeJS.ProcessEnv): string[] {
  const name = process.platform === 'win32' ? 'go.exe' : 'go';
  for (const dir of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    const path = join(dir, name);
    const stat = dir ? statOf(path) : undefined;
    if (!stat?.isFile()) continue;
    const real = realpathSync(path);
    return [real, `${stat.size} ${stat.mtimeMs}`, textOf(join(dirname(dirname(real)), 'VERSION')) ?? ''];
  }
  return [];
}

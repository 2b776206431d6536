import { homedir } from 'node:os';
import { join } from 'node:path';

import { textOf } from '../../files.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The text of the file that `go env -w` writes (GOENV); empty when there is none or it is off. */
export function settingsFile(env: Environment): string {
  if (env['GOENV'] === 'off') return '';
  return textOf(env['GOENV'] || join(configDirectory(env), 'go', 'env')) ?? '';
}

/**
 * The environment with the settings of the file below it: as in go, an empty variable does not hide one of the file.
 */
export function withSettingsFile(env: Environment): Record<string, string | undefined> {
  const settings = settingsFile(env)
    .split('\n')
    .flatMap((line) => {
      const [, name, value] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? [];
      return name && value && !env[name] ? [[name, value] as const] : [];
    });
  return { ...env, ...Object.fromEntries(settings) };
}

/** As Go's os.UserConfigDir. */
function configDirectory(env: Environment): string {
  if (process.platform === 'win32') return env['AppData'] ?? env['APPDATA'] ?? '';
  const home = env['HOME'] ?? homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || join(home, '.config');
}

import { moduleProxy } from '../module-proxy/proxy.js';
import type { Environment } from './command.js';
import { QUIET_TOOLS } from './quiet-tools.js';
import { temporaryFolder } from './temporary-folder.js';

/** What is taken over from the machine; everything else is set on purpose or absent. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SHELL',
  'LANG',
  'SYSTEMROOT',
  'APPDATA',
];

/**
 * The environment of every command the end-to-end tests run: Go reads no settings file, switches no toolchain, and
 * gets external modules from the file-system proxy alone; Nx runs without daemon, cloud and terminal interface.
 * A setting given as undefined is taken out.
 */
export function environment(settings: Readonly<Record<string, string | undefined>> = {}): Environment {
  const proxy = moduleProxy();
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  const merged: Record<string, string | undefined> = {
    ...inherited,
    GOENV: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    GOPROXY: `file://${proxy.folder}`,
    GOSUMDB: 'off',
    GOCACHE: temporaryFolder('go-cache'),
    GOMODCACHE: temporaryFolder('go-modules', proxy.digest),
    ...QUIET_TOOLS,
    ...settings,
  };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

import type { Settings } from '../../testing/measuring/measure.js';
import { mustRun, type Environment } from '../../testing/workspace/command.js';
import { QUIET_TOOLS } from '../../testing/workspace/quiet-tools.js';
import { proofFolder } from './proof-folder.js';

/** Variables that npm, Nx and git set for what they run: they are about another workspace than the copy. */
const OF_A_PARENT = /^(npm_|NX_(?!LEGACY_AFFECTED$|GOPHER_TIMEOUT$)|GIT_|NODE_OPTIONS$|INIT_CWD$)/i;

/** The user's environment, as commands in the original workspace are run. */
export function userEnvironment(): Environment {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => !OF_A_PARENT.test(name)));
}

/**
 * The environment of every command in a copy: the user's, with the GOFLAGS that go keeps in its settings file made
 * visible. Go's cache is another one: headers that go does not know of would leave wrong results in the user's.
 */
export async function copyEnvironment(original: string): Promise<Environment> {
  const ofUser = userEnvironment();
  const { stdout } = await mustRun('go', ['env', 'GOFLAGS'], original, ofUser);
  return {
    ...ofUser,
    GOFLAGS: stdout.trim(),
    GOCACHE: proofFolder('go-cache'),
    ...QUIET_TOOLS,
  };
}

/** Lays a mutation's settings over an environment. */
export function withSettings(base: Environment, settings: Settings): Environment {
  // Flags that the user has set stay in force with those of a mutation.
  const goflags = [base['GOFLAGS'], settings['GOFLAGS']].filter(Boolean).join(' ');
  const entries = Object.entries({ ...base, ...settings, GOFLAGS: goflags });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

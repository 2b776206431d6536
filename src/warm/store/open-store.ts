import { resolve } from 'node:path';

import { TOKEN_VARIABLE } from '../../secret-variables.js';
import { CacheServerStore } from './cache-server.js';
import { DirectoryStore } from './directory.js';
import { NxCacheStore } from './nx-cache.js';
import { isBucket, S3Store } from './s3.js';
import type { Store } from './store.js';
import { REMOTE_VARIABLE, STORE_VARIABLE, TIMEOUT_VARIABLE, type WarmOptions } from '../warm-options.js';

const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';
const SERVER_TOKEN = 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN';

/** A store, and whether this run may put something there. */
export interface OpenStore {
  readonly store: Store;
  readonly writes: boolean;
}

/**
 * The store of compiled packages: what the environment names, else nx.json, else the server that keeps the results of
 * tasks.
 *
 * @returns undefined where there is none, or it is not to be used (`NX_GOPHER_REMOTE=off`).
 * @throws Error for an address that is none, or another value of that variable.
 */
export function openStore(
  options: WarmOptions | undefined,
  workspaceRoot: string,
  env: NodeJS.ProcessEnv = process.env,
): OpenStore | undefined {
  const mode = env[REMOTE_VARIABLE] || 'write';
  if (!['read', 'write', 'off'].includes(mode))
    throw new Error(`${REMOTE_VARIABLE} must be read, write or off, not ${mode}.`);
  const named = env[STORE_VARIABLE] || options?.store;
  const place = named ?? (options ? env[SERVER] : undefined);
  if (mode === 'off' || !place) return undefined;
  const isCi = ![undefined, '', 'false', '0'].includes(env['CI']);
  const harvest = options?.harvest ?? 'ci';
  const writes = mode === 'write' && (harvest === 'always' || (harvest === 'ci' && isCi));
  if (place === 'nx') return { store: new NxCacheStore(timeoutOf(env)), writes };
  if (isBucket(place)) return { store: new S3Store(place, timeoutOf(env)), writes };
  if (!/^https?:\/\//.test(place)) return { store: new DirectoryStore(resolve(workspaceRoot, place)), writes };
  // The token of one server is not told to another.
  const token = env[TOKEN_VARIABLE] || (place === env[SERVER] ? env[SERVER_TOKEN] : undefined);
  return { store: new CacheServerStore(place, token, timeoutOf(env), env), writes };
}

/** Milliseconds. */
function timeoutOf(env: NodeJS.ProcessEnv): number {
  const given = env[TIMEOUT_VARIABLE] || '30';
  const seconds = Number(given);
  if (!(seconds > 0)) throw new Error(`${TIMEOUT_VARIABLE} must be a number of seconds, not ${given}.`);
  return seconds * 1000;
}

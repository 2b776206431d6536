import { getCache } from 'nx/src/tasks-runner/cache.js';

/** The cache that Nx shares with other machines, whichever it is: entries are folders by their hash. */
export interface RemoteCache {
  /** Lays an entry into the folder `<directory>/<hash>`. @returns null where it has none. */
  retrieve(hash: string, directory: string): Promise<object | null>;
  /** Takes an entry from the folder `<directory>/<hash>`. @returns whether it is there now. */
  store(hash: string, directory: string, terminalOutput: string, code: number): Promise<boolean>;
}

/**
 * The cache that Nx would use in this workspace: of Nx Cloud, of one of Nx's packages for storage, or the self-hosted
 * server.
 *
 * @returns null where there is none.
 */
export async function remoteCache(): Promise<RemoteCache | null> {
  const cache = getCache({} as Parameters<typeof getCache>[0]) as { getRemoteCache?(): Promise<RemoteCache | null> };
  return (await cache.getRemoteCache?.()) ?? null;
}

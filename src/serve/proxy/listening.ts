import type { Server } from 'node:net';

/** The address of this machine alone. */
export const LOOPBACK = '127.0.0.1';

/** Waits until a server listens. @param port 0 for a free one. @throws Error with the system's code when it cannot. */
export function listening(server: Server, port: number, host = LOOPBACK): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

import { connected } from './meeting.js';
import { receive, send, type Notice } from './messages.js';

/**
 * Asks who leads in a workspace on which port a project's function takes its invocations.
 *
 * @returns undefined when nothing serves it.
 */
export async function findFunction(address: string, project: string): Promise<number | undefined> {
  const socket = await connected(address);
  if (!socket) return undefined;
  const found = new Promise<number | undefined>((resolve) => {
    receive<Notice>(socket, (notice) => {
      if (notice.type === 'found') resolve(notice.endpoint);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(undefined));
  });
  send(socket, { find: project });
  return found.finally(() => socket.destroy());
}

import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { guard } from '../../go/process/interruption.js';
import { makeSocketFolder } from './socket-address.js';

/** Milliseconds between two looks at whether the address still leads here. */
const LOOK = 500;
/** Most milliseconds that a member waits before it looks for another leader, so that not all do so at once. */
const STAGGER = 100;

/** Starts to lead: to answer members on a server that already listens. It must not wait: they may come at once. */
export type Lead = (server: Server) => void;

/**
 * Connects to the leader of a workspace, and leads where there is none.
 *
 * @param address of a socket; a file that a killed leader left behind counts as none.
 * @param loadLead called where there is no leader: it loads what a leader needs.
 */
export async function meet(address: string, loadLead: () => Promise<Lead>): Promise<Socket> {
  makeSocketFolder(address);
  for (;;) {
    const socket = await connected(address);
    if (socket) return socket;
    const lead = await loadLead();
    const server = await claim(address);
    if (server) lead(server);
    else await sleep(Math.random() * STAGGER);
  }
}

/**
 * Makes this process the one that listens at an address; undefined where another is first.
 *
 * The server listens under a name of its own, which then gets the address: only one process can link it, and a file
 * left behind is replaced in one step. Two processes that replace such a file at the same time both succeed; the first
 * of them finds in a moment that the address leads elsewhere, and closes ({@link holdAddress}).
 */
async function claim(address: string): Promise<Server | undefined> {
  const server = createServer();
  if (address.startsWith('\\\\')) return listening(server, address);
  const own = `${address}.${process.pid}`;
  rmSync(own, { force: true });
  if (!(await listening(server, own))) return undefined;
  try {
    linkSync(own, address);
    rmSync(own);
  } catch {
    const other = await connected(address);
    other?.destroy();
    if (other) {
      server.close();
      return undefined;
    }
    renameSync(own, address);
  }
  holdAddress(server, address);
  return server;
}

/** Closes the server and its connections once the address no longer leads to it: members then look for another. */
function holdAddress(server: Server, address: string): void {
  const own = inode(address);
  const members = new Set<Socket>();
  server.on('connection', (socket) => {
    members.add(socket);
    socket.on('close', () => members.delete(socket));
  });
  const timer = setInterval(() => {
    if (inode(address) === own) return;
    server.close();
    for (const socket of members) socket.destroy();
  }, LOOK);
  timer.unref();
  const abandon = (): void => {
    if (inode(address) === own) rmSync(address, { force: true });
  };
  const release = guard({ abandon });
  server.on('close', () => {
    clearInterval(timer);
    abandon();
    release();
  });
}

function listening(server: Server, address: string): Promise<Server | undefined> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(address, () => resolve(server));
  });
}

/** A connection to whoever listens at an address; undefined when nobody does. */
export function connected(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve(socket));
  });
}

function inode(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';

import { afterAll, describe, expect, it } from '@jest/globals';

import { meet } from './meeting.js';
import { socketAddress } from './socket-address.js';

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-meet-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Meets as a process of its own would, and remembers whether it leads. */
async function met(address: string): Promise<{ socket: Socket; server: Server | undefined }> {
  let own: Server | undefined;
  const socket = await meet(address, async () => (server) => {
    own = server;
  });
  return { socket, server: own };
}

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('meet', () => {
  it('lets the first lead and the others join', async () => {
    const address = join(folder, 'data', 'a.sock');
    const first = await met(address);
    const second = await met(address);
    expect([first.server !== undefined, second.server]).toEqual([true, undefined]);
    for (const { socket } of [first, second]) socket.destroy();
    first.server?.close();
  });

  it('takes the place of a leader that was killed and left its socket', async () => {
    const address = join(folder, 'left.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(address)}, () => process.kill(process.pid, 'SIGKILL'))`;
    const killed = spawn(process.execPath, ['-e', script]);
    await new Promise((resolve) => killed.on('exit', resolve));
    expect(statSync(address).isSocket()).toBe(true);
    const { server, socket } = await met(address);
    expect(server).toBeDefined();
    socket.destroy();
    server?.close();
  });

  it('steps down when the address is taken away', async () => {
    const address = join(folder, 'reset.sock');
    const first = await met(address);
    const closed = new Promise((resolve) => first.socket.on('close', resolve));
    rmSync(address);
    const second = await met(address);
    expect(second.server).toBeDefined();
    await closed;
    second.socket.destroy();
    second.server?.close();
  });
});

it('is a socket in the data folder, where its path is not too long for one', () => {
  expect(socketAddress('/w/.nx/workspace-data', 'linux')).toBe('/w/.nx/workspace-data/nx-gopher-serve.sock');
  const long = `/${'long/'.repeat(30)}`;
  expect(socketAddress(long, 'linux')).toMatch(/nx-gopher-\d+\/[0-9a-f]{16}\.sock$/);
  expect(socketAddress('C:\\w', 'win32')).toMatch(/^\\\\\.\\pipe\\nx-gopher-serve-[0-9a-f]{16}$/);
});

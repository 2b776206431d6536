import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { NX_DOORS } from '../../testing/nx/door.js';
import { NX_23 } from '../../testing/workspace/nx-versions.js';
import type * as door from './ready-signal.js';

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('tells Nx where the program answers, where Nx listens for that', async () => {
    const path = join(tmpdir(), `ready-${nx.version}-${process.pid}.sock`);
    let heard = '';
    const server = createServer((socket) => socket.on('data', (chunk) => (heard += chunk.toString())));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await nx.run(
      tmpdir(),
      'ready-signal',
      async (file: typeof door, socket: string) => {
        Object.assign(process.env, { NX_READY_SIGNAL_SOCKET: socket, NX_READY_SIGNAL_TASK: 'app:serve' });
        await file.tellReady('http://127.0.0.1:3000/');
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
      path,
    );
    server.close();
    if (nx.version === NX_23.nx) expect(heard).toBe('');
    else expect(heard).toContain('http://127.0.0.1:3000/');
  });
});

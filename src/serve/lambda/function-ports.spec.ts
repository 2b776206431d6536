import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { freePort } from '../proxy/free-port.js';
import { listening } from '../proxy/listening.js';
import { FunctionPorts, type FunctionOwner } from './function-ports.js';

const servers: Server[] = [];
const ports: FunctionPorts[] = [];
afterEach(() => {
  for (const one of ports.splice(0)) one.close();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** What serves a function: it answers with its name and what it was asked. */
async function endpoint(name: string): Promise<number> {
  const server = createServer((request, response) => void answer(name, request).then((text) => response.end(text)));
  servers.push(server);
  await listening(server, 0);
  return (server.address() as AddressInfo).port;
}

async function answer(name: string, request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return `${name} ${request.method} ${request.url} ${request.headers['x-amz-log-type']} ${body}`;
}

class Owner implements FunctionOwner {
  readonly warnings: string[] = [];
  readonly warned: Promise<void>;
  readonly isListening: Promise<void>;
  listening: () => void = () => undefined;
  #warn: () => void = () => undefined;

  constructor() {
    this.isListening = new Promise((resolve) => (this.listening = resolve));
    this.warned = new Promise((resolve) => (this.#warn = resolve));
  }

  warn(text: string): void {
    this.warnings.push(text);
    this.#warn();
  }
}

describe('a port that functions share', () => {
  const shared = (): FunctionPorts => {
    const made = new FunctionPorts();
    ports.push(made);
    return made;
  };
  const add = async (to: FunctionPorts, port: number, name: string, project: string) => {
    const owner = new Owner();
    const leave = to.add({ name, project, port, endpoint: await endpoint(project) }, owner);
    return { owner, leave };
  };
  const invoke = async (port: number, name: string): Promise<string> => {
    const url = `http://127.0.0.1:${port}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const response = await fetch(url, { method: 'POST', body: '{}', headers: { 'X-Amz-Log-Type': 'Tail' } });
    return response.text();
  };

  it('hands each invocation to the function that it names', async () => {
    const port = await freePort();
    const all = shared();
    const first = await add(all, port, 'import', 'handlers/import');
    const second = await add(all, port, 'export', 'handlers/export');
    await Promise.all([first.owner.isListening, second.owner.isListening]);
    const path = '/2015-03-31/functions/import/invocations';
    expect(await invoke(port, 'import')).toBe(`handlers/import POST ${path} Tail {}`);
    expect(await invoke(port, 'arn:aws:lambda:us-east-1:123456789012:function:export:$LATEST')).toMatch(
      /^handlers\/export POST/,
    );
    expect(await invoke(port, 'handlers/export')).toMatch(/^handlers\/export POST/);
    const url = await fetch(`http://127.0.0.1:${port}/lambda-url/export/orders?x=1`);
    expect(await url.text()).toBe('handlers/export GET /lambda-url/export/orders?x=1 undefined ');
    const unknown = await fetch(`http://127.0.0.1:${port}/lambda-url/report/`);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      message: 'Function not found: report. This port serves import, export.',
    });
  });

  it('says which of two functions of one name is called by it', async () => {
    const port = await freePort();
    const all = shared();
    await add(all, port, 'import', 'a/import');
    const second = await add(all, port, 'import', 'b/import');
    await second.owner.isListening;
    expect(second.owner.warnings).toEqual([expect.stringContaining('those of a/import and of b/import')]);
    expect(await invoke(port, 'import')).toMatch(/^a\/import/);
    expect(await invoke(port, 'b/import')).toMatch(/^b\/import/);
  });

  it('is taken over by another process when the one that listens goes', async () => {
    const port = await freePort();
    const [before, after] = [shared(), shared()];
    const first = await add(before, port, 'import', 'handlers/import');
    await first.owner.isListening;
    const second = await add(after, port, 'import', 'handlers/import');
    await second.owner.warned;
    expect(second.owner.warnings).toEqual([
      `nx-gopher cannot listen on port ${port} (option lambda.port): another program listens on it. It is tried again until it is free.`,
    ]);
    first.leave();
    await second.owner.isListening;
    expect(await invoke(port, 'import')).toMatch(/^handlers\/import/);
  });

  it('answers for a process that has gone', async () => {
    const [port, gone] = [await freePort(), await freePort()];
    const owner = new Owner();
    shared().add({ name: 'import', project: 'handlers/import', port, endpoint: gone }, owner);
    await owner.isListening;
    expect(JSON.parse(await invoke(port, 'import'))).toMatchObject({
      message: 'The process that serves import has gone.',
    });
  });
});

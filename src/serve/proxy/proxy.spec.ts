import { Agent, createServer, get, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { freePort } from './free-port.js';
import { Proxy } from './proxy.js';

jest.setTimeout(60_000);

let proxy: Proxy;
let port: number;
const programs: { close(): unknown }[] = [];

beforeEach(async () => {
  port = await freePort();
  proxy = await Proxy.listen({ port, liveReload: true });
});
afterEach(() => {
  proxy.close();
  for (const program of programs.splice(0)) program.close();
});

/** Starts a program; the gate is not opened to it. */
async function program(listener: RequestListener): Promise<Server & { port: number }> {
  const server = createServer(listener);
  programs.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

const saying =
  (text: string): RequestListener =>
  (_, response) =>
    void response.end(text);

/** The status and the body of an answer. */
function ask(headers: Record<string, string> = {}, agent?: Agent): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', headers, ...(agent ? { agent } : {}) };
    get(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    }).on('error', reject);
  });
}

describe('HTTP/1.1', () => {
  it('waits from the beginning of a build to the program that comes of it', async () => {
    const first = await program(saying('first'));
    const held = ask();
    await sleep(50);
    proxy.gate.open({ port: first.port });
    expect(await held).toEqual({ status: 200, body: 'first' });
    proxy.gate.hold();
    const next = ask();
    const second = await program(saying('second'));
    first.close();
    proxy.gate.open({ port: second.port });
    expect(await next).toEqual({ status: 200, body: 'second' });
  });

  it('keeps a connection over the programs that come and go, without an error', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    let isOver = false;
    const bodies: string[] = [];
    const client = async (): Promise<void> => {
      while (!isOver) {
        const { status, body } = await ask({}, agent);
        bodies.push(`${status} ${body}`);
      }
    };
    const clients = Array.from({ length: 4 }, client);
    for (let number = 0; number < 20; number++) {
      const next = await program(saying(`program ${number}`));
      proxy.gate.hold();
      await proxy.gate.drained(5000);
      for (const old of programs.splice(0, programs.length - 1)) old.close();
      proxy.gate.open({ port: next.port });
      await sleep(10);
    }
    isOver = true;
    await Promise.all(clients);
    agent.destroy();
    expect(bodies.length).toBeGreaterThan(40);
    expect(bodies.filter((body) => !body.startsWith('200 program'))).toEqual([]);
    expect(new Set(bodies).size).toBeGreaterThan(10);
  });

  it('answers with what is wrong: a page for a browser, text for others', async () => {
    proxy.gate.open({ problem: 'main.go:3: a < b' });
    expect(await ask()).toEqual({ status: 503, body: 'main.go:3: a < b' });
    const { status, body } = await ask({ accept: 'text/html,*/*' });
    expect([status, body]).toEqual([503, expect.stringContaining('<pre>main.go:3: a &lt; b</pre>')]);
    expect(body).toContain('new EventSource("/.nx-gopher/reload")');
  });

  it('passes bodies, and sends none a second time', async () => {
    const echo = await program((incoming, response) => void incoming.pipe(response));
    proxy.gate.open({ port: echo.port });
    const post = (): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const outgoing = request({ port, method: 'POST', headers: { 'content-length': 5 } }, resolve);
        outgoing.on('error', reject).end('hello');
      });
    const answer = await post();
    let body = '';
    for await (const chunk of answer) body += String(chunk);
    expect(body).toBe('hello');
    proxy.gate.open({ port: await freePort() });
    expect((await post()).statusCode).toBe(503);
  });

  it('passes events as they come, and does not wait for their end', async () => {
    const events = await program((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    proxy.gate.open({ port: events.port });
    const response = await new Promise<IncomingMessage>((resolve) => get({ port }, resolve));
    const [chunk] = await new Promise<[Buffer]>((resolve) => response.once('data', (data: Buffer) => resolve([data])));
    expect(chunk.toString()).toBe('data: 1\n\n');
    const start = Date.now();
    await proxy.gate.drained(5000);
    expect(Date.now() - start).toBeLessThan(1000);
    response.destroy();
  });

  it('lets pages load themselves again, and leaves other answers alone', async () => {
    const site = await program((incoming, response) => {
      const type = incoming.headers.accept?.includes('html') ? 'text/html' : 'application/json';
      response.writeHead(200, { 'content-type': type, 'content-length': 2 }).end('{}');
    });
    proxy.gate.open({ port: site.port });
    expect((await ask()).body).toBe('{}');
    expect((await ask({ accept: 'text/html' })).body).toMatch(/^\{\}<script>.*<\/script>$/);
    const stream = await new Promise<IncomingMessage>((resolve) => get({ port, path: '/.nx-gopher/reload' }, resolve));
    let told = '';
    stream.on('data', (data: Buffer) => (told += data.toString()));
    await sleep(50);
    expect(told).not.toContain('event: reload');
    proxy.gate.open({ port: site.port });
    await sleep(50);
    expect(told).toContain('event: reload');
    stream.destroy();
  });
});

it('passes an upgrade to another protocol', async () => {
  const server = await program(saying('no upgrade'));
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => (heard += data.toString()));
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
  await sleep(50);
  expect(heard).toBe('');
  proxy.gate.open({ port: server.port });
  while (!heard.includes('\r\n\r\n')) await sleep(5);
  socket.write('ping');
  while (!heard.endsWith('ping')) await sleep(5);
  expect(heard).toMatch(/^HTTP\/1.1 101/);
  socket.destroy();
});

describe('HTTP/2 without TLS', () => {
  const askHttp2 = async (): Promise<string> => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const stream = session.request({ ':path': '/' });
    let status = 0;
    let body = '';
    stream.on('response', (headers) => (status = headers[':status'] ?? 0));
    for await (const chunk of stream) body += String(chunk);
    session.close();
    return `${status} ${body}`;
  };

  it('is held, and passed on', async () => {
    const server = createHttp2Server((_, response) => void response.end('second version'));
    programs.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const held = askHttp2();
    await sleep(50);
    proxy.gate.open({ port: (server.address() as AddressInfo).port });
    expect(await held).toBe('200 second version');
  });

  it('says what is wrong', async () => {
    proxy.gate.open({ problem: 'main.go:3: no' });
    expect(await askHttp2()).toBe('503 main.go:3: no');
  });
});

it('does not listen on a port that another program has', async () => {
  await expect(Proxy.listen({ port })).rejects.toThrow('EADDRINUSE');
});

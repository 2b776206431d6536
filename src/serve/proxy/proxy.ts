import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { performServerHandshake } from 'node:http2';
import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';

import { createProxyServer } from 'http-proxy-3';

import { Gate } from './gate.js';
import { listening, LOOPBACK } from './listening.js';
import { problemAnswer } from './problem-page.js';
import { addScript, askForPlain, Reload, RELOAD_PATH } from './reload.js';

/** How requests are taken. */
export interface ProxySettings {
  readonly port: number;
  readonly liveReload?: boolean;
}

/** How a client begins that speaks HTTP/2 without TLS. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n');
/** How often a request without a body is sent to a program that did not take it. */
const TRIES = 3;

/**
 * Takes requests for a program that comes and goes: none of them sees it gone.
 *
 * HTTP/1.1 is understood request by request, so that a connection that is kept outlives the program. HTTP/2 without TLS
 * is passed on byte by byte: there the program itself tells the client that a connection ends.
 */
export class Proxy {
  readonly gate: Gate;
  readonly #http: Server;
  readonly #servers: readonly TcpServer[];
  readonly #sockets = new Set<Socket>();
  readonly #reload = new Reload();
  readonly #forward = createProxyServer({ xfwd: true, agent: false });
  /** By request: what says that it is no longer under way. */
  readonly #leave = new WeakMap<IncomingMessage, () => void>();

  private constructor(private readonly settings: ProxySettings) {
    this.gate = new Gate(() => this.#reload.tell());
    this.#http = createHttpServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
    this.#http.on('request', (request, response) => void this.#answer(request, response));
    this.#http.on('upgrade', (request, socket: Socket, head) => void this.#upgrade(request, socket, head));
    this.#forward.on('proxyRes', (answer, request, response) => {
      answer.on('error', () => response.destroy());
      // It has no end to wait for.
      if (/^text\/event-stream\b/.test(answer.headers['content-type'] ?? '')) this.#leave.get(request)?.();
      if (settings.liveReload) addScript(answer, response);
    });
    this.#servers = [createServer((socket) => this.#accept(socket)), createServer((socket) => this.#accept(socket))];
  }

  /** Listens on the loopback interface. @throws Error with the system's code when the port is taken. */
  static async listen(settings: ProxySettings): Promise<Proxy> {
    const proxy = new Proxy(settings);
    const [four, six] = proxy.#servers as [TcpServer, TcpServer];
    await listening(four, settings.port);
    // Not every system has IPv6.
    await listening(six, settings.port, '::1').catch(() => undefined);
    return proxy;
  }

  close(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#reload.close();
  }

  /** Finds out from the first bytes what a client speaks. */
  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first.subarray(0, PREFACE.length).equals(PREFACE)) return void this.#tunnel(socket);
      this.#http.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === RELOAD_PATH) return this.#reload.add(response);
    if (this.settings.liveReload) askForPlain(request);
    for (let tries = 1; !response.destroyed; tries++) {
      const passage = await this.gate.passage();
      if ('problem' in passage) return refuse(request, response, passage.problem);
      const error = await this.#pass(request, response, passage.port);
      if (!error || response.headersSent) return;
      if (tries === TRIES || !isRepeatable(request)) return refuse(request, response, `${error.message}\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Sends a request to the program. @returns why it has not answered. */
  #pass(request: IncomingMessage, response: ServerResponse, port: number): Promise<Error | undefined> {
    const leave = this.gate.enter();
    this.#leave.set(request, leave);
    return new Promise((resolve) => {
      const done = (error?: Error): void => {
        leave();
        resolve(error);
      };
      response.once('close', () => done());
      const target = { host: LOOPBACK, port, protocol: 'http:' };
      this.#forward.web(request, response, { target }, (error) => {
        if (response.headersSent) response.destroy();
        done(error as Error);
      });
    });
  }

  async #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const passage = await this.gate.passage();
    if ('problem' in passage) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    const target = { host: LOOPBACK, port: passage.port, protocol: 'http:' };
    this.#forward.ws(request, socket, head, { target }, () => socket.destroy());
  }

  async #tunnel(socket: Socket): Promise<void> {
    const passage = await this.gate.passage();
    if ('problem' in passage) return refuseStreams(socket, passage.problem);
    const program = connect(passage.port, LOOPBACK);
    program.on('error', () => socket.destroy());
    socket.on('close', () => program.destroy());
    program.on('close', () => socket.destroy());
    socket.pipe(program).pipe(socket);
  }
}

/** A body has gone with the first try. */
function isRepeatable({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  return !hasBody && (method === 'GET' || method === 'HEAD' || method === 'OPTIONS');
}

function refuse(request: IncomingMessage, response: ServerResponse, problem: string): void {
  const { headers, body } = problemAnswer(request, problem);
  request.resume();
  response.writeHead(503, headers).end(body);
}

/** Answers all requests of an HTTP/2 connection. */
function refuseStreams(socket: Socket, problem: string): void {
  const session = performServerHandshake(socket);
  session.on('error', () => socket.destroy());
  session.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond({ ':status': 503, 'content-type': 'text/plain; charset=utf-8' });
    stream.end(problem);
    session.close();
  });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Random } from '../../testing/random/random.js';

/** How a server answers a request for an object. @param content what it should give; nothing where it has none. */
type Answer = (response: ServerResponse, content: Buffer | undefined, asked: Asked) => void;

interface Asked {
  readonly request: IncomingMessage;
  /** How many were asked before. */
  readonly before: number;
  readonly random: Random;
  readonly others: readonly Buffer[];
}

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** What may be wrong with a server. */
export const SERVER_FAULTS: Readonly<Record<string, Answer | 'closed'>> = {
  dead: 'closed',
  'that breaks off': (response, content, { random }) => {
    if (content && random.chance(0.5)) response.writeHead(200, { 'content-length': content.length }).write('nx');
    response.socket?.destroy();
  },
  'that never answers': () => undefined,
  'that stops in the middle': (response, content) => {
    response.writeHead(200, { 'content-length': content?.length ?? 1000 });
    response.write(content?.subarray(0, content.length / 2) ?? 'x');
  },
  'that drips': (response) => {
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  },
  'that is slow': (response, content, { random }) =>
    void setTimeout(() => honest(response, content), random.below(2) * random.below(1500)),
  'that fails': (response, _content, { random }) => void response.writeHead(random.of([500, 502, 503, 429, 418])).end(),
  'that refuses': (response, _content, { random }) => void response.writeHead(random.of([401, 403, 405])).end(),
  'that leads in a circle': (response, _content, { request }) =>
    void response.writeHead(302, { location: request.url }).end(),
  'that dies in the middle': (response, content, { before }) =>
    before < 20 ? honest(response, content) : void response.socket?.destroy(),
  'that lies': (response, _content, { random, others }) => {
    const lies = [random.of(others), random.of(others).subarray(0, 100), Buffer.from('<html>'), Buffer.alloc(0)];
    response.writeHead(random.of([200, 200, 200, 203, 206])).end(random.of(lies));
  },
  'that lies about lengths and encodings': (response, content, { random }) => {
    const header = random.of<Record<string, string>>([
      { 'content-length': '1000000000000' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'transfer-encoding': 'chunked', 'content-type': 'text/html' },
    ]);
    response.writeHead(200, header).write(content ?? 'x');
    if (!('content-length' in header)) response.end();
  },
  'that never ends': (response) => {
    const pour = (): void => {
      while (!response.destroyed && response.write(MEGABYTE));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  },
};

/** A server on the loopback interface that holds these objects, and answers so. */
export class FaultyServer {
  #asked = 0;

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(entries: ReadonlyMap<string, Buffer>, name: string, random: Random): Promise<FaultyServer> {
    const fault = SERVER_FAULTS[name];
    const others = [...entries.values()];
    const server = createServer((request, response) => {
      response.on('error', () => undefined);
      // The library of AWS adds a query.
      const content = entries.get(request.url?.replace(/\?.*/, '').split('/').at(-1) ?? '');
      const asked = { request, before: faulty.#asked++, random, others };
      if (typeof fault === 'function') fault(response, content, asked);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const faulty = new FaultyServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    if (fault === 'closed') await faulty.stop();
    return faulty;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function honest(response: ServerResponse, content: Buffer | undefined): void {
  if (content) response.writeHead(200).end(content);
  else response.writeHead(404).end();
}

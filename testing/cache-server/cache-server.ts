import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Answers a request for an entry that the server holds, in the server's stead. */
export type Fault = (response: ServerResponse, entry: Buffer) => void;

const TOKEN = 'the-token-of-the-end-to-end-tests';

/**
 * A self-hosted remote cache on the loopback interface, as Nx specifies one: `GET` and `PUT /v1/cache/<hash>` with
 * gzipped tar bodies; 401 without the token, 404 for an entry it does not hold, 409 for one it holds already.
 */
export class CacheServer {
  /** Bodies by the hash of their task. */
  readonly entries = new Map<string, Buffer>();
  /** How often entries were asked for, found, and stored since the start or the last {@link forget}. */
  counts = { asked: 0, found: 0, stored: 0 };
  /** Milliseconds that the server waits before it answers. */
  delay = 0;
  /** While set, what answers a request for an entry. */
  fault: Fault | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CacheServer> {
    const server = createServer();
    const cache = new CacheServer(server);
    server.on('request', (request, response) => void cache.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return cache;
  }

  /** The environment in which Nx uses this server. */
  get settings(): Record<string, string> {
    return {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: this.#address,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: TOKEN,
      // Requests to the loopback interface go through no proxy of the machine's.
      NO_PROXY: '127.0.0.1',
    };
  }

  /** The environment in which nx-gopher keeps compiled packages on this server, and Nx nothing. */
  get storeSettings(): Record<string, string> {
    return { NX_GOPHER_STORE: this.#address, NX_GOPHER_STORE_TOKEN: TOKEN };
  }

  get #address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets the counts, and the fault; the entries stay. */
  forget(): void {
    this.counts = { asked: 0, found: 0, stored: 0 };
    this.fault = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.delay > 0) await setTimeout(this.delay);
    const hash = /^\/v1\/cache\/([^/]+)$/.exec(request.url ?? '')?.[1];
    if (request.headers.authorization !== `Bearer ${TOKEN}`) end(response, 401);
    else if (hash === undefined) end(response, 404);
    else if (request.method === 'PUT') this.store(hash, Buffer.concat(chunks), response);
    else if (request.method === 'GET') this.give(hash, response);
    else end(response, 405);
  }

  private store(hash: string, body: Buffer, response: ServerResponse): void {
    if (this.entries.has(hash)) return end(response, 409);
    this.entries.set(hash, body);
    this.counts.stored += 1;
    end(response, 200);
  }

  private give(hash: string, response: ServerResponse): void {
    this.counts.asked += 1;
    const entry = this.entries.get(hash);
    if (!entry) return end(response, 404);
    this.counts.found += 1;
    if (this.fault) this.fault(response, entry);
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(entry);
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`);
}

import { messageOf } from '../../message-of.js';
import { Bodies } from './bodies.js';
import { tooLate } from './in-time.js';
import { fetchFor } from './proxied-fetch.js';
import { StoreError, type Store } from './store.js';

/** A server that is a network away is waited for most of the time; more at once gain nothing from it. */
const WIDTH = 64;
const EMPTY = new Blob([]).stream();

/**
 * A server with the interface of Nx's self-hosted cache: `GET` and `PUT /v1/cache/<key>` with a bearer token. It may be
 * the one that keeps the results of tasks.
 */
export class CacheServerStore implements Store {
  readonly width = WIDTH;
  readonly name: string;
  readonly #base: string;
  readonly #bodies: Bodies;
  #fetch: Promise<typeof fetch> | undefined;

  /**
   * @param timeout milliseconds that a request may take, its body included.
   * @param env names proxies.
   * @throws Error for what is no address.
   */
  constructor(
    address: string,
    private readonly token: string | undefined,
    private readonly timeout: number,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url || !/^https?:$/.test(url.protocol))
      throw new Error(`${withoutSecrets(address)} is no address of a server.`);
    this.name = withoutSecrets(address);
    this.#bodies = new Bodies(this.name);
    this.#base = `${url.href.replace(/\/+$/, '')}/v1/cache`;
  }

  async get(key: string): Promise<Buffer | undefined> {
    const response = await this.#request(key, { method: 'GET' });
    if (response.status === 404) return drop(response);
    if (!response.ok) return this.#refuse(response);
    try {
      return await this.#bodies.read(response.body ?? EMPTY, Number(response.headers.get('content-length') ?? 0));
    } catch (error) {
      await drop(response);
      throw this.#failure(error);
    }
  }

  async put(key: string, content: Buffer): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await this.#request(key, { method: 'PUT', headers, body: new Uint8Array(content) });
    // 409: it has it already.
    if (!response.ok && response.status !== 409) return this.#refuse(response);
    return drop(response);
  }

  async #request(key: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, ...(this.token ? { authorization: `Bearer ${this.token}` } : {}) };
    try {
      const signal = AbortSignal.timeout(this.timeout);
      const fetchIt = await (this.#fetch ??= fetchFor(new URL(this.#base), this.env));
      return await fetchIt(`${this.#base}/${key}`, { ...init, headers, signal });
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #refuse(response: Response): Promise<never> {
    await drop(response);
    const isLasting = [401, 403, 405].includes(response.status);
    throw new StoreError(`${this.name} answered ${response.status}`, isLasting);
  }

  #failure(error: unknown): StoreError {
    if (error instanceof StoreError) return error;
    if ((error as Error).name === 'TimeoutError') return tooLate(this.name, this.timeout);
    const { cause } = error as { cause?: { code?: string } };
    return new StoreError(`${this.name}: ${cause?.code ?? messageOf(cause ?? error)}`);
  }
}

function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//…@').replace(/[?#].*$/, '');
}

/** Lets go of the connection. */
async function drop({ body }: Response): Promise<undefined> {
  await body?.cancel().catch(() => undefined);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { execa } from 'execa';

import { environment } from '../../testing/workspace/environment.js';

/** How an invocation ended: what the handler answered, or the error that it reported. */
export interface InvocationEnd {
  readonly ended: 'response' | 'error' | 'init error';
  readonly body: unknown;
}

const PREFIX = '/2018-06-01/runtime';
const REQUEST_ID = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';
/** Milliseconds that one invocation may take, start of the program included. */
const TIME_LIMIT = 60_000;

/**
 * Invokes a Lambda program once, as the runtime `provided.al2023` does: starts it, hands it the event when it asks for
 * the next invocation, and takes its answer.
 *
 * @param bootstrap path of the program, absolute.
 */
export async function invoke(bootstrap: string, event: object): Promise<InvocationEnd> {
  const runtime = new LambdaRuntime(event);
  const address = await runtime.listen();
  const stop = new AbortController();
  const program = execa(bootstrap, [], {
    env: environment({
      AWS_LAMBDA_RUNTIME_API: address,
      AWS_LAMBDA_FUNCTION_NAME: 'under-test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      _HANDLER: 'bootstrap',
    }),
    extendEnv: false,
    cancelSignal: stop.signal,
    timeout: TIME_LIMIT,
    reject: false,
    stdin: 'ignore',
  });
  try {
    const died = program.then(({ exitCode, all, stderr }): never => {
      throw new Error(`the program ended (${exitCode}) before it answered:\n${all ?? stderr}`);
    });
    return await Promise.race([runtime.end, died]);
  } finally {
    stop.abort();
    await program.catch(() => undefined);
    runtime.close();
  }
}

/** AWS Lambda's runtime API on the loopback interface, with one invocation to hand out. */
class LambdaRuntime {
  readonly end: Promise<InvocationEnd>;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #settle: (end: InvocationEnd) => void = () => undefined;
  #event: object | undefined;

  constructor(event: object) {
    this.#event = event;
    this.end = new Promise((resolve) => (this.#settle = resolve));
  }

  /** Gives the address, as AWS_LAMBDA_RUNTIME_API holds it. */
  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        resolve(`127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
      });
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (method === 'GET' && url === `${PREFIX}/invocation/next`) return this.#next(response);
    const ended = {
      [`${PREFIX}/invocation/${REQUEST_ID}/response`]: 'response' as const,
      [`${PREFIX}/invocation/${REQUEST_ID}/error`]: 'error' as const,
      [`${PREFIX}/init/error`]: 'init error' as const,
    }[url ?? ''];
    response.writeHead(method === 'POST' && ended ? 202 : 404, { 'Content-Type': 'application/json' });
    response.end('{}');
    if (ended) this.#settle({ ended, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
  }

  /** A second request waits for ever, as it does while a function is idle. */
  #next(response: ServerResponse): void {
    if (!this.#event) return;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': REQUEST_ID,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + TIME_LIMIT),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-central-1:123456789012:function:under-test',
      'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1',
    });
    response.end(JSON.stringify(this.#event));
    this.#event = undefined;
  }
}

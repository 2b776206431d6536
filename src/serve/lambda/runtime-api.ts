import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { listening, LOOPBACK } from '../proxy/listening.js';
import { failure, type Outcome } from './outcome.js';
import { readBody } from './read-body.js';

/** What a function is invoked with. */
export interface Invocation {
  readonly id: string;
  readonly payload: Buffer;
  readonly functionArn: string;
  readonly traceId: string;
  /** JSON. */
  readonly clientContext?: string | undefined;
}

const PREFIX = '/2018-06-01/runtime';
/** Bytes of an answer; streamed ones may be larger than Lambda's six megabytes. */
const MOST = 20 * 1024 * 1024;

/** The Lambda runtime API for one process: it asks for the next invocation, works on it alone, and answers. */
export class RuntimeApi {
  readonly #server = createServer((request, response) => {
    // A program that goes in the midst of its answer is told of by its end.
    this.#answer(request, response).catch(() => response.destroy());
  });
  #asking: ServerResponse | undefined;
  #asked: (() => void)[] = [];
  #current: { readonly id: string; readonly settle: (outcome: Outcome) => void } | undefined;
  readonly initError: Promise<Outcome>;
  #failInit: (outcome: Outcome) => void = () => undefined;

  private constructor() {
    this.initError = new Promise((resolve) => (this.#failInit = resolve));
    // An idle function asks for its next invocation for hours.
    this.#server.requestTimeout = 0;
    this.#server.timeout = 0;
  }

  /** Listens on a free port of the loopback interface. */
  static async listen(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    await listening(api.#server, 0);
    return api;
  }

  /** As AWS_LAMBDA_RUNTIME_API holds it. */
  get address(): string {
    return `${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Waits until the program asks for an invocation. */
  async asked(): Promise<void> {
    while (!this.#asking) await new Promise<void>((resolve) => this.#asked.push(resolve));
  }

  /** Hands out an invocation to a program that has asked for one. */
  async invoke(invocation: Invocation, deadline: number): Promise<Outcome> {
    const response = this.#asking;
    this.#asking = undefined;
    const { id, functionArn, traceId, clientContext } = invocation;
    const outcome = new Promise<Outcome>((settle) => (this.#current = { id, settle }));
    response?.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(deadline),
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': traceId,
      ...(clientContext === undefined ? {} : { 'Lambda-Runtime-Client-Context': clientContext }),
    });
    response?.end(invocation.payload);
    return outcome;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    if (method === 'GET' && url === `${PREFIX}/invocation/next`) return this.#next(response);
    const body = await readBody(request, MOST);
    const [, id, kind] = new RegExp(`^${PREFIX}/invocation/([^/]+)/(response|error)$`).exec(url) ?? [];
    const isInit = url === `${PREFIX}/init/error`;
    if (method !== 'POST' || (!isInit && kind === undefined)) return say(response, 404, 'NotFound');
    if (!isInit && id !== this.#current?.id) return say(response, 400, 'InvalidRequestID');
    const outcome = body ? outcomeOf(request, body, kind) : failure('Function.ResponseSizeTooLarge', 'Too large.');
    if (isInit) this.#failInit(outcome);
    else this.#current?.settle(outcome);
    if (!isInit) this.#current = undefined;
    return say(response, body ? 202 : 413, body ? undefined : 'RequestEntityTooLarge');
  }

  #next(response: ServerResponse): void {
    this.#asking = response;
    response.on('close', () => {
      if (this.#asking === response) this.#asking = undefined;
    });
    const asked = this.#asked;
    this.#asked = [];
    for (const one of asked) one();
  }
}

/** An answer that fails while it is streamed says so in its trailers. */
function outcomeOf(request: IncomingMessage, body: Buffer, kind: string | undefined): Outcome {
  const contentType = request.headers['content-type'] ?? 'application/json';
  if (kind !== 'response') return { body, contentType, isError: true };
  const errorType = request.trailers['lambda-runtime-function-error-type'];
  if (errorType === undefined) return { body, contentType, isError: false };
  const told = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  if (told.length > 0) return { body: told, contentType: 'application/json', isError: true };
  return failure(errorType, 'The handler failed while it streamed its answer.');
}

function say(response: ServerResponse, status: number, errorType: string | undefined): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(errorType === undefined ? { status: 'OK' } : { errorType, errorMessage: errorType }));
}

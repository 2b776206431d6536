import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { listening, LOOPBACK } from '../proxy/listening.js';
import type { AnswerStream } from './answer-stream.js';
import type { Invocation } from './invocation.js';
import { failure, type Outcome } from './outcome.js';
import { readBody } from './read-body.js';

const PREFIX = '/2018-06-01/runtime';
/** Bytes of an answer that is kept until it is whole: streamed ones may be larger than Lambda's six megabytes. */
const MOST = 20 * 1024 * 1024;
const JSON_TYPE = 'application/json';

/** What an answer is for. */
interface Taking {
  readonly kind?: string | undefined;
  readonly stream?: AnswerStream | undefined;
  readonly settle: (outcome: Outcome) => void;
}

/** The Lambda runtime API for one process: it asks for the next invocation, works on it alone, and answers. */
export class RuntimeApi {
  readonly #server = createServer((request, response) => {
    // A program that goes in the midst of its answer is told of by its end.
    this.#answer(request, response).catch(() => response.destroy());
  });
  #asking: ServerResponse | undefined;
  #asked: (() => void)[] = [];
  #current:
    | {
        readonly id: string;
        readonly stream: AnswerStream | undefined;
        readonly settle: (outcome: Outcome) => void;
      }
    | undefined;
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
    const { id, functionArn, traceId, clientContext, stream } = invocation;
    const outcome = new Promise<Outcome>((settle) => (this.#current = { id, stream, settle }));
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
    const isPost = method === 'POST';
    if (isPost && url === `${PREFIX}/init/error`) return this.#take(request, response, { settle: this.#failInit });
    const [, id, kind] = new RegExp(`^${PREFIX}/invocation/([^/]+)/(response|error)$`).exec(url) ?? [];
    const current = this.#current;
    if (isPost && current && id === current.id) {
      const stream = kind === 'response' ? current.stream : undefined;
      const settle = (outcome: Outcome): void => {
        this.#current = undefined;
        current.settle(outcome);
      };
      return this.#take(request, response, { kind, stream, settle });
    }
    request.resume();
    return isPost && kind ? say(response, 400, 'InvalidRequestID') : say(response, 404, 'NotFound');
  }

  async #take(request: IncomingMessage, response: ServerResponse, { kind, stream, settle }: Taking): Promise<void> {
    const contentType = request.headers['content-type'] ?? JSON_TYPE;
    const isStreamed = stream?.takes(contentType) ?? false;
    if (isStreamed) for await (const chunk of request) await stream?.write(chunk as Buffer, contentType);
    const body = isStreamed ? Buffer.alloc(0) : await readBody(request, MOST);
    const tooLarge = failure('Function.ResponseSizeTooLarge', `Response must be smaller than ${MOST} bytes.`);
    settle(body ? { ...outcomeOf(request, body, kind), isStreamed } : tooLarge);
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
  const contentType = request.headers['content-type'] ?? JSON_TYPE;
  if (kind !== 'response') return { body, contentType, isError: true };
  const errorType = request.trailers['lambda-runtime-function-error-type'];
  if (errorType === undefined) return { body, contentType, isError: false };
  const told = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  if (told.length > 0) return { body: told, contentType: JSON_TYPE, isError: true };
  return failure(errorType, 'The handler failed while it streamed its answer.');
}

function say(response: ServerResponse, status: number, errorType: string | undefined): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(errorType === undefined ? { status: 'OK' } : { errorType, errorMessage: errorType }));
}

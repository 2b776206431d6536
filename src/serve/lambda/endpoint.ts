import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { listening } from '../proxy/listening.js';
import { written, type AnswerStream } from './answer-stream.js';
import { eventMessage } from './event-stream.js';
import type { LambdaFunction } from './function.js';
import {
  API,
  decoded,
  FUNCTION_URL,
  functionCalled,
  STREAMING_API,
  unknownFunction,
  type NamedFunction,
} from './function-name.js';
import { urlAnswer, urlEvent } from './function-url.js';
import { FunctionUrlStream, send } from './function-url-stream.js';
import { newInvocation, type Invocation } from './invocation.js';
import { readBody } from './read-body.js';
import { refuse } from './refusal.js';

/** Bytes of a payload that Lambda takes. */
const MOST = 6 * 1024 * 1024;

/** Takes invocations of a function on a port of the loopback interface: as AWS does, and by a function URL. */
export class Endpoint {
  private constructor(
    private readonly served: NamedFunction,
    private readonly target: LambdaFunction,
  ) {}

  static async listen(port: number, served: NamedFunction, target: LambdaFunction): Promise<Server> {
    const endpoint = new Endpoint(served, target);
    const server = createServer((request, response) => {
      // A client that has gone needs no answer.
      endpoint.#answer(request, response).catch(() => response.destroy());
    });
    server.requestTimeout = 0;
    await listening(server, port);
    return server;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', ...rest] = (request.url ?? '').split('?');
    const invoked = new RegExp(`^${API}([^/]+)/invocations$`).exec(path)?.[1];
    const streamed = new RegExp(`^${STREAMING_API}([^/]+)/response-streaming-invocations$`).exec(path)?.[1];
    const url = new RegExp(`^${FUNCTION_URL}([^/]+)(/.*)?$`).exec(path);
    const isPost = request.method === 'POST';
    if (isPost && invoked !== undefined) return this.#invoke(request, response, decoded(invoked));
    if (isPost && streamed !== undefined) return this.#stream(request, response, decoded(streamed));
    if (url) return this.#url(request, response, decoded(url[1] ?? ''), [url[2] ?? '/', rest.join('?')]);
    return refuse(response, 404, 'UnknownOperationException', `Neither ${API}… nor ${FUNCTION_URL}…`);
  }

  async #invoke(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const invocation = await this.#invocation(request, response, name);
    if (!invocation) return;
    const { headers } = request;
    const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
    if (type === 'DryRun') return void response.writeHead(204).end();
    const result = this.target.invoke(invocation);
    if (type === 'Event') {
      void result.catch(() => undefined);
      return void response.writeHead(202).end();
    }
    const { outcome, log } = await result;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'X-Amz-Executed-Version': '$LATEST',
      ...(outcome.isError ? { 'X-Amz-Function-Error': 'Unhandled' } : {}),
      ...(wantsLog(request) ? { 'X-Amz-Log-Result': Buffer.from(log).toString('base64') } : {}),
    });
    response.end(outcome.body);
  }

  /** As {@link #invoke}, with the answer in parts, each sent as the handler writes it. */
  async #stream(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const part = (chunk: Buffer): Buffer => eventMessage('PayloadChunk', 'application/octet-stream', chunk);
    const stream: AnswerStream = { takes: () => true, write: (chunk) => written(response, part(chunk)) };
    const invocation = await this.#invocation(request, response, name, stream);
    if (!invocation) return;
    const type = { 'Content-Type': 'application/vnd.amazon.eventstream', 'X-Amz-Executed-Version': '$LATEST' };
    response.writeHead(200, type);
    response.flushHeaders();
    const { outcome, log } = await this.target.invoke(invocation);
    const error = outcome.isError ? outcome.body.toString('utf8') : undefined;
    const end = {
      ...(error === undefined ? {} : { ErrorCode: errorType(error), ErrorDetails: error }),
      ...(wantsLog(request) ? { LogResult: Buffer.from(log).toString('base64') } : {}),
    };
    response.end(eventMessage('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(end))));
  }

  /** @returns undefined for a request that is refused. */
  async #invocation(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    stream?: AnswerStream,
  ): Promise<Invocation | undefined> {
    const payload = await this.#payload(request, response, name);
    if (!payload) return undefined;
    const { headers } = request;
    // AWS takes signed requests alone. Without them, a page in a browser must not reach programs of this machine.
    const message = 'A web page cannot invoke a function. Use its function URL.';
    if (headers.origin !== undefined) return refuse(response, 403, 'AccessDeniedException', message);
    const given = payload.length === 0 ? Buffer.from('{}') : payload;
    const problem = jsonProblem(given);
    if (problem !== undefined) return refuse(response, 400, 'InvalidRequestContentException', problem);
    const id = randomUUID();
    response.setHeader('x-amzn-RequestId', id);
    const context = headers['x-amz-client-context'];
    const clientContext = context === undefined ? undefined : Buffer.from(String(context), 'base64').toString('utf8');
    return newInvocation(given, this.target.arn, { id, ...traceOf(request), clientContext, stream });
  }

  async #url(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    [path, query]: readonly [string, string],
  ): Promise<void> {
    const body = await this.#payload(request, response, name);
    if (!body) return;
    const id = randomUUID();
    const event = Buffer.from(JSON.stringify(urlEvent(request, decoded(path), query, body, id)));
    const stream = new FunctionUrlStream(response);
    const invocation = newInvocation(event, this.target.arn, { id, ...traceOf(request), stream });
    const { outcome } = await this.target.invoke(invocation);
    if (stream.hasBegun || outcome.isStreamed) return stream.end(outcome);
    const answer = urlAnswer(outcome);
    send(response, answer);
    response.end(answer.body);
  }

  /** @returns undefined for a request to another function, or one that is too large; it is refused. */
  async #payload(request: IncomingMessage, response: ServerResponse, name: string): Promise<Buffer | undefined> {
    const body = await readBody(request, MOST);
    if (!functionCalled(name, [this.served]))
      return refuse(response, 404, 'ResourceNotFoundException', unknownFunction(name, [this.served]));
    if (!body) refuse(response, 413, 'RequestTooLargeException', `Request must be smaller than ${MOST} bytes`);
    return body;
  }
}

function wantsLog({ headers }: IncomingMessage): boolean {
  return headers['x-amz-log-type'] === 'Tail';
}

function traceOf({ headers }: IncomingMessage): Partial<Pick<Invocation, 'traceId'>> {
  const traceId = headers['x-amzn-trace-id'];
  return traceId === undefined ? {} : { traceId: String(traceId) };
}

function errorType(error: string): string {
  try {
    return String((JSON.parse(error) as { readonly errorType?: unknown } | null)?.errorType ?? 'Unhandled');
  } catch {
    return 'Unhandled';
  }
}

function jsonProblem(payload: Buffer): string | undefined {
  try {
    JSON.parse(payload.toString('utf8'));
    return undefined;
  } catch (error) {
    return `Could not parse request body into json: ${(error as Error).message}`;
  }
}

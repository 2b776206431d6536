import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { listening } from '../proxy/listening.js';
import type { LambdaFunction } from './function.js';
import { API, decoded, FUNCTION_URL, functionCalled, unknownFunction, type NamedFunction } from './function-name.js';
import { urlAnswer, urlEvent } from './function-url.js';
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
    const url = new RegExp(`^${FUNCTION_URL}([^/]+)(/.*)?$`).exec(path);
    if (invoked !== undefined && request.method === 'POST') return this.#invoke(request, response, invoked);
    if (url) return this.#url(request, response, decoded(url[1] ?? ''), [url[2] ?? '/', rest.join('?')]);
    return refuse(response, 404, 'UnknownOperationException', `Neither ${API}… nor ${FUNCTION_URL}…`);
  }

  async #invoke(request: IncomingMessage, response: ServerResponse, given: string): Promise<void> {
    const body = await readBody(request, MOST);
    const { headers } = request;
    // AWS takes signed requests alone. Without them, a page in a browser must not reach programs of this machine.
    if (headers.origin !== undefined)
      return refuse(
        response,
        403,
        'AccessDeniedException',
        'A web page cannot invoke a function. Use its function URL.',
      );
    const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
    if (!this.#isNamed(decoded(given))) return this.#unknown(response, decoded(given));
    if (!body) return refuse(response, 413, 'RequestTooLargeException', `Request must be smaller than ${MOST} bytes`);
    const payload = body.length === 0 ? Buffer.from('{}') : body;
    const problem = jsonProblem(payload);
    if (problem !== undefined) return refuse(response, 400, 'InvalidRequestContentException', problem);
    const id = randomUUID();
    response.setHeader('x-amzn-RequestId', id);
    if (type === 'DryRun') return void response.writeHead(204).end();
    const context = headers['x-amz-client-context'];
    const clientContext = context === undefined ? undefined : Buffer.from(String(context), 'base64').toString('utf8');
    const result = this.#run(id, payload, request, clientContext);
    if (type === 'Event') {
      void result.catch(() => undefined);
      return void response.writeHead(202).end();
    }
    const { outcome, log } = await result;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'X-Amz-Executed-Version': '$LATEST',
      ...(outcome.isError ? { 'X-Amz-Function-Error': 'Unhandled' } : {}),
      ...(headers['x-amz-log-type'] === 'Tail' ? { 'X-Amz-Log-Result': Buffer.from(log).toString('base64') } : {}),
    });
    response.end(outcome.body);
  }

  async #url(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    [path, query]: readonly [string, string],
  ): Promise<void> {
    const body = await readBody(request, MOST);
    if (!this.#isNamed(name)) return this.#unknown(response, name);
    if (!body) return refuse(response, 413, 'RequestTooLargeException', `Request must be smaller than ${MOST} bytes`);
    const id = randomUUID();
    const event = urlEvent(request, decoded(path), query, body, id);
    const { outcome } = await this.#run(id, Buffer.from(JSON.stringify(event)), request, undefined);
    const answer = urlAnswer(outcome);
    for (const [header, value] of Object.entries(answer.headers)) response.setHeader(header, value);
    response.writeHead(answer.status).end(answer.body);
  }

  #run(id: string, payload: Buffer, request: IncomingMessage, clientContext: string | undefined) {
    const time = Math.floor(Date.now() / 1000).toString(16);
    const parent = randomBytes(8).toString('hex');
    const made = `Root=1-${time}-${randomBytes(12).toString('hex')};Parent=${parent};Sampled=0`;
    const traceId = String(request.headers['x-amzn-trace-id'] ?? made);
    return this.target.invoke({ id, payload, functionArn: this.target.arn, traceId, clientContext });
  }

  #isNamed(given: string): boolean {
    return functionCalled(given, [this.served]) !== undefined;
  }

  #unknown(response: ServerResponse, given: string): void {
    refuse(response, 404, 'ResourceNotFoundException', unknownFunction(given, [this.served]));
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

import { validateHeaderName, validateHeaderValue, type IncomingMessage } from 'node:http';

import type { Outcome } from './outcome.js';

/** Types whose bodies are handed over as text; all others are base64, as with Lambda's function URLs. */
const TEXT = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)\b)|[+](json|xml)\b/i;
const STREAMED = 'application/vnd.awslambda.http-integration-response';
/** What stands between the head and the body of a streamed answer. */
export const SEPARATOR = Buffer.alloc(8);

/** Whether an answer is a streamed one for a function URL: with a head, and a body that may come later. */
export function isStreamed(contentType: string): boolean {
  return contentType.startsWith(STREAMED);
}

/** The event that a function URL makes of a request: payload format 2.0. @param rawPath without the function's name. */
export function urlEvent(request: IncomingMessage, rawPath: string, query: string, body: Buffer, id: string): object {
  const { cookie, ...others } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
  const parameters = parametersOf(query);
  const isText = TEXT.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(parameters === undefined ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: id,
      routeKey: '$default',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** What is given several times is one value, with commas. */
function parametersOf(query: string): Readonly<Record<string, string>> | undefined {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return parameters.size === 0 ? undefined : Object.fromEntries(parameters);
}

/** An HTTP answer. */
export interface UrlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** The HTTP answer that a function URL makes of a function's: what has no status code is a body of JSON. */
export function urlAnswer({ body, contentType, isError }: Outcome): UrlAnswer {
  if (isError) return badGateway();
  try {
    const split = isStreamed(contentType) ? body.indexOf(SEPARATOR) : -1;
    if (split >= 0)
      return answerOf(JSON.parse(body.toString('utf8', 0, split)), body.subarray(split + SEPARATOR.length));
    const answer: unknown = body.length === 0 ? null : JSON.parse(body.toString('utf8'));
    if (typeof answer === 'object' && answer !== null && 'statusCode' in answer) return answerOf(answer, undefined);
    const text = typeof answer === 'string' ? Buffer.from(answer) : body;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: text };
  } catch {
    return badGateway();
  }
}

interface Answer {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly cookies?: readonly unknown[] | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** The answer that the head of a streamed one announces; its body is yet to come. */
export function headOfAnswer(head: string): UrlAnswer {
  try {
    return answerOf(JSON.parse(head), Buffer.alloc(0));
  } catch {
    return badGateway();
  }
}

function answerOf(answer: Answer, streamed: Buffer | undefined): UrlAnswer {
  const status = Number(answer.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) return badGateway();
  const headers: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const several = Object.entries(answer.multiValueHeaders ?? {});
  for (const [name, values] of several) headers[name.toLowerCase()] = values.map(String);
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = String(value);
  const cookies = (answer.cookies ?? []).map(String);
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  for (const name of ['content-length', 'transfer-encoding', 'connection']) delete headers[name];
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    for (const one of [value].flat()) validateHeaderValue(name, one);
  }
  headers['content-type'] ??= 'application/json';
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '').replace(/^""$/, '');
  return { status, headers, body: streamed ?? Buffer.from(text, answer.isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** What a function URL answers for a function that fails. */
export function badGateway(): UrlAnswer {
  const body = Buffer.from('Internal Server Error');
  return { status: 502, headers: { 'content-type': 'text/plain' }, body };
}

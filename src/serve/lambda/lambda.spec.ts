import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { Endpoint } from './endpoint.js';
import { urlAnswer } from './function-url.js';
import { LambdaFunction } from './function.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-lambda-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that speaks the runtime API, and does what its event says. */
const program = (version: string): string => `
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/';
const post = (path, body, headers) => fetch(api + path, { method: 'POST', body, headers });
const run = async () => {
  if (process.env.BROKEN) {
    await post('init/error', JSON.stringify({ errorType: 'Init', errorMessage: 'no table' }));
    process.exit(1);
  }
  for (;;) {
    const next = await fetch(api + 'invocation/next');
    const id = next.headers.get('lambda-runtime-aws-request-id');
    const event = await next.json();
    console.log('event', event.do);
    if (event.do === 'exit') process.exit(7);
    if (event.do === 'hang') await new Promise((done) => setTimeout(done, 1e6));
    if (event.begun) require('node:fs').writeFileSync(event.begun, '');
    if (event.wait) while (!require('node:fs').existsSync(event.wait)) await new Promise((done) => setTimeout(done, 10));
    const error = event.do === 'fail';
    const arn = next.headers.get('lambda-runtime-invoked-function-arn');
    const memory = process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
    let answer = { version: '${version}', pid: process.pid, arn, memory };
    if (error) answer = { errorType: 'wrapError', errorMessage: 'no such order' };
    if (event.rawPath) answer = { statusCode: 201, headers: { 'x-event': JSON.stringify(event) }, cookies: ['a=1', 'b=2'],
      body: event.body ?? '', isBase64Encoded: event.isBase64Encoded };
    await post('invocation/' + id + (error ? '/error' : '/response'), JSON.stringify(answer));
  }
};
run();
`;

// Process groups are not Windows's.
const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('a Lambda function', () => {
  let target: LambdaFunction;
  let server: Server;
  let broken = false;
  const file = (version: string): string => {
    const path = join(folder, `${version}.cjs`);
    writeFileSync(path, program(version));
    return path;
  };
  const made = (timeout: number): LambdaFunction =>
    new LambdaFunction({
      name: 'import',
      command: (path) => [process.execPath, path],
      cwd: folder,
      environment: () => ({ PATH: process.env['PATH'], ...(broken ? { BROKEN: '1' } : {}) }),
      grace: 500,
      timeout,
      memory: 256,
      say: () => undefined,
      onReady: async () => undefined,
    });
  const build = (version: string) => target.take(file(version), { isAsked: true, environment: false });
  beforeAll(async () => {
    target = made(50);
    server = await Endpoint.listen(0, { name: 'import', project: 'handlers/import' }, target);
    await build('v1');
  });
  afterAll(async () => {
    await target.renew();
    await new Promise((done) => server.close(done));
  });

  const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const invoke = (body: unknown, headers: Record<string, string> = {}, name = 'import'): Promise<Response> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(at(`/2015-03-31/functions/${name}/invocations`), { method: 'POST', body: text, headers });
  };
  const json = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>;

  it('answers as Lambda does, with the end of its log, from one process', async () => {
    const response = await invoke({ do: 'answer' }, { 'X-Amz-Log-Type': 'Tail' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-amz-function-error')).toBeNull();
    const log = Buffer.from(response.headers.get('x-amz-log-result') ?? '', 'base64').toString('utf8');
    const id = response.headers.get('x-amzn-requestid') ?? '';
    const memory = process.platform === 'linux' ? String.raw`\tMax Memory Used: [1-9]\d* MB` : '';
    const report = String.raw`\nREPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB${memory}`;
    expect(log).toMatch(new RegExp(String.raw`${report}\tInit Duration: [\d.]+ ms\n$`));
    const later = await invoke({ do: 'answer' }, { 'X-Amz-Log-Type': 'Tail' });
    expect(Buffer.from(later.headers.get('x-amz-log-result') ?? '', 'base64').toString('utf8')).toMatch(
      new RegExp(`${report}\\n$`),
    );
    expect(log.startsWith(`START RequestId: ${id} Version: $LATEST\nevent answer\nEND RequestId: ${id}\n`)).toBe(true);
    const first = await json(Promise.resolve(response));
    expect(first).toMatchObject({ version: 'v1', memory: '256', arn: target.arn });
    expect(await json(invoke('', {}, encodeURIComponent(target.arn)))).toEqual(first);
  });

  it('tells of errors, exits and time-outs', async () => {
    const failed = await invoke({ do: 'fail' });
    expect([failed.status, failed.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(await failed.json()).toEqual({ errorType: 'wrapError', errorMessage: 'no such order' });
    const exited = await invoke({ do: 'exit' });
    expect(exited.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(await exited.json()).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 7$/),
    });
    expect(await json(invoke({}))).toMatchObject({ version: 'v1' });
    const short = made(0.5);
    await short.take(file('v1'), { isAsked: false, environment: false });
    const payload = Buffer.from('{"do":"hang"}');
    const { outcome, log } = await short.invoke({ id: 'id-1', payload, functionArn: short.arn, traceId: 'Root=1' });
    expect(JSON.parse(outcome.body.toString('utf8'))).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: id-1 Error: Task timed out after 0.50 seconds',
    });
    expect(log).toContain(' id-1 Task timed out after 0.50 seconds\nEND RequestId: id-1\n');
  });

  it('tells of a program that cannot start, and starts it again', async () => {
    broken = true;
    await target.renew();
    expect(await json(invoke({}))).toEqual({ errorType: 'Init', errorMessage: 'no table' });
    broken = false;
    expect(await json(invoke({}))).toMatchObject({ version: 'v1' });
  });

  it('takes events, dry runs, and refuses what Lambda refuses', async () => {
    expect((await invoke({ do: 'answer' }, { Origin: 'https://example.org' })).status).toBe(403);
    const statuses = [
      invoke({ do: 'fail' }, { 'X-Amz-Invocation-Type': 'Event' }),
      invoke({}, { 'X-Amz-Invocation-Type': 'DryRun' }),
      invoke('{'),
      invoke({}, {}, 'export'),
      invoke(`"${'x'.repeat(6 * 1024 * 1024)}"`),
      fetch(at('/elsewhere')),
    ];
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([202, 204, 400, 404, 413, 404]);
  });

  it('lets an invocation wait for a build, and ends another one on the program from before', async () => {
    const go = join(folder, 'go');
    const begun = join(folder, 'begun');
    const before = json(invoke({ do: 'stay', begun, wait: go }));
    while (!existsSync(begun)) await new Promise((done) => setTimeout(done, 10));
    const beside = await json(invoke({}));
    target.hold();
    const after = json(invoke({}));
    await build('v2');
    expect(await after).toMatchObject({ version: 'v2' });
    writeFileSync(go, '');
    const old = await before;
    expect(old).toMatchObject({ version: 'v1' });
    expect(beside['pid']).not.toBe(old['pid']);
    target.hold();
    await target.refuse('main.go:1: syntax error');
    expect(await json(invoke({}))).toMatchObject({ version: 'v2' });
  });

  it('has a function URL: bodies of bytes, cookies, a query', async () => {
    const body = Buffer.from([0, 255, 1, 254]);
    const headers = { 'Content-Type': 'image/png', Cookie: 'session=7; theme=dark' };
    const response = await fetch(at('/lambda-url/import/orders/a%20b?x=1&x=2&y='), { method: 'PUT', body, headers });
    expect(response.status).toBe(201);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const event = JSON.parse(response.headers.get('x-event') ?? '') as Record<string, unknown>;
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/orders/a b',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['session=7', 'theme=dark'],
      queryStringParameters: { x: '1,2', y: '' },
      isBase64Encoded: true,
      requestContext: { http: { method: 'PUT', path: '/orders/a b' } },
    });
  });
});

describe('the answer of a function URL', () => {
  const of = (body: string, contentType = 'application/json', isError = false) => {
    const { status, headers, body: bytes } = urlAnswer({ body: Buffer.from(body), contentType, isError });
    return [status, headers['content-type'], bytes.toString('utf8')];
  };

  it('is JSON when the function gives no status, and what it gives else', () => {
    expect(of('{"a":1}')).toEqual([200, 'application/json', '{"a":1}']);
    expect(of('"text"')).toEqual([200, 'application/json', 'text']);
    expect(of('{"statusCode":404,"headers":{"Content-Type":"text/plain"},"body":"none"}')).toEqual([
      404,
      'text/plain',
      'none',
    ]);
  });

  it('is that of a streamed answer, whose head comes first', () => {
    const head = '{"statusCode":202,"headers":{"Content-Type":"text/html"}}';
    const streamed = of(`${head}${'\0'.repeat(8)}<p>`, 'application/vnd.awslambda.http-integration-response');
    expect(streamed).toEqual([202, 'text/html', '<p>']);
  });

  it('is 502 for an error and for what is no answer', () => {
    expect(of('{"errorType":"x"}', 'application/json', true)[0]).toBe(502);
    expect(of('{"statusCode":"many"}')[0]).toBe(502);
    expect(of('{')[0]).toBe(502);
    expect(of('{"statusCode":200,"headers":{"a b":"c"}}')[0]).toBe(502);
    expect(of('{"statusCode":200,"headers":{"a":"b\\nc"}}')[0]).toBe(502);
  });
});

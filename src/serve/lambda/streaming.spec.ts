import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { Endpoint } from './endpoint.js';
import { LambdaFunction } from './function.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-streaming-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that writes one part of its answer, and the other when a file is there. */
const PROGRAM = `
const { existsSync } = require('node:fs');
const { request } = require('node:http');
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
const run = async () => {
  for (;;) {
    const next = await fetch(api + 'next');
    const id = next.headers.get('lambda-runtime-aws-request-id');
    const event = await next.json();
    const asked = JSON.parse(event.queryStringParameters?.asked ?? JSON.stringify(event));
    const headers = { 'content-type': asked.type, trailer: 'Lambda-Runtime-Function-Error-Type' };
    const told = request(api + id + '/response', { method: 'POST', headers });
    const answered = new Promise((done) => told.on('response', (response) => response.resume().on('end', done)));
    told.write(asked.first);
    while (!existsSync(asked.wait)) await new Promise((done) => setTimeout(done, 10));
    if (asked.exit) process.exit(9);
    if (asked.error) told.addTrailers({ 'Lambda-Runtime-Function-Error-Type': asked.error });
    told.end(asked.last);
    await answered;
  }
};
run();
`;
const HTTP = 'application/vnd.awslambda.http-integration-response';
const HEAD = '{"statusCode":201,"headers":{"Content-Type":"text/plain"},"cookies":["a=1"]}';

// Process groups are not Windows's.
const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('an answer that is streamed', () => {
  let target: LambdaFunction;
  let server: Server;
  let number = 0;
  beforeAll(async () => {
    const file = join(folder, 'program.cjs');
    writeFileSync(file, PROGRAM);
    target = new LambdaFunction({
      name: 'report',
      command: (path) => [process.execPath, path],
      cwd: folder,
      environment: () => ({ PATH: process.env['PATH'] }),
      grace: 500,
      timeout: 50,
      memory: 128,
      say: () => undefined,
      onReady: async () => undefined,
    });
    server = await Endpoint.listen(0, { name: 'report', project: 'handlers/report' }, target);
    await target.take(file, { isAsked: true, environment: false });
  });
  afterAll(async () => {
    await target.renew();
    await new Promise((done) => server.close(done));
  });

  const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const wait = (): string => join(folder, `go-${number++}`);
  const byUrl = (asked: object): Promise<Response> =>
    fetch(at(`/lambda-url/report/?asked=${encodeURIComponent(JSON.stringify(asked))}`));
  const reader = (response: Response) => (response.body as ReadableStream<Uint8Array>).getReader();
  const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

  it('reaches the client of a function URL part by part', async () => {
    const go = wait();
    const response = await byUrl({ type: HTTP, first: `${HEAD}${'\0'.repeat(8)}first`, last: ' last', wait: go });
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/plain']);
    expect(response.headers.getSetCookie()).toEqual(['a=1']);
    const parts = reader(response);
    expect(text((await parts.read()).value)).toBe('first');
    writeFileSync(go, '');
    expect(text((await parts.read()).value)).toBe(' last');
    expect((await parts.read()).done).toBe(true);
  });

  it.each([['error'], ['exit']])('breaks off for the client of a function URL after an %s', async (how) => {
    const go = wait();
    const first = `${HEAD}${'\0'.repeat(8)}first`;
    const parts = reader(await byUrl({ type: HTTP, first, last: '', wait: go, [how]: 'no.table' }));
    expect(text((await parts.read()).value)).toBe('first');
    writeFileSync(go, '');
    await expect(parts.read()).rejects.toThrow();
  });

  it('is 502 when it never gets beyond its head, or when that is none', async () => {
    const go = wait();
    writeFileSync(go, '');
    expect((await byUrl({ type: HTTP, first: HEAD.slice(0, 9), last: '', wait: go })).status).toBe(502);
    const noHead = await byUrl({ type: HTTP, first: `{"statusCode":"x"}${'\0'.repeat(8)}`, last: 'y', wait: go });
    expect([noHead.status, await noHead.text()]).toEqual([502, 'Internal Server Error']);
  });

  it('comes in events by the API that streams', async () => {
    const go = wait();
    const stream = async (asked: object): Promise<Response> => {
      const path = '/2021-11-15/functions/report/response-streaming-invocations';
      const headers = { 'X-Amz-Log-Type': 'Tail' };
      return fetch(at(path), { method: 'POST', body: JSON.stringify(asked), headers });
    };
    const response = await stream({ type: 'text/csv', first: 'a,b\n', last: '1,2\n', wait: go });
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    const parts = reader(response);
    const first = Buffer.from((await parts.read()).value ?? []);
    expect(messages(first)).toEqual([['PayloadChunk', 'a,b\n']]);
    writeFileSync(go, '');
    let rest = Buffer.alloc(0);
    for (let part = await parts.read(); !part.done; part = await parts.read()) rest = Buffer.concat([rest, part.value]);
    const [last, complete] = messages(rest);
    expect(last).toEqual(['PayloadChunk', '1,2\n']);
    const { LogResult, ...others } = JSON.parse(complete?.[1] ?? '') as { LogResult: string };
    expect([complete?.[0], others]).toEqual(['InvokeComplete', {}]);
    expect(Buffer.from(LogResult, 'base64').toString('utf8')).toMatch(/^START RequestId: [^]*\nREPORT RequestId: /);
    const failed = await stream({ type: 'text/csv', first: 'a', last: '', error: 'no.table', wait: go });
    const events = messages(Buffer.from(await failed.arrayBuffer()));
    expect(events[0]).toEqual(['PayloadChunk', 'a']);
    expect(JSON.parse(events[1]?.[1] ?? '')).toMatchObject({ ErrorCode: 'no.table' });
  });
});

/** The types and the payloads of messages, whose lengths and checksums are checked. */
function messages(bytes: Buffer): [string, string][] {
  if (bytes.length === 0) return [];
  const [length, ofHeaders] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
  expect(bytes.readUInt32BE(8)).toBe(crc32(bytes.subarray(0, 8)));
  expect(bytes.readUInt32BE(length - 4)).toBe(crc32(bytes.subarray(0, length - 4)));
  const [, type = ''] = /:event-type\x07\0.(\w+)/.exec(bytes.toString('latin1', 12, 12 + ofHeaders)) ?? [];
  return [[type, bytes.toString('utf8', 12 + ofHeaders, length - 4)], ...messages(bytes.subarray(length))];
}

import { request, type IncomingMessage } from 'node:http';

import { LOOPBACK } from '../proxy/listening.js';
import { API } from './function-name.js';
import type { Answered } from './function.js';

/** Invokes a function that another process serves. @throws Error when that process has gone. */
export async function invokeServed(port: number, project: string, payload: Buffer): Promise<Answered> {
  const path = `${API}${encodeURIComponent(project)}/invocations`;
  const headers = { 'X-Amz-Log-Type': 'Tail', 'Content-Length': payload.length };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host: LOOPBACK, port, path, method: 'POST', headers, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(payload);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const isError = response.statusCode !== 200 || response.headers['x-amz-function-error'] !== undefined;
  const log = Buffer.from(String(response.headers['x-amz-log-result'] ?? ''), 'base64').toString('utf8');
  return { outcome: { body: Buffer.concat(chunks), contentType: 'application/json', isError }, log };
}

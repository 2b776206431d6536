import { randomBytes, randomUUID } from 'node:crypto';

import type { AnswerStream } from './answer-stream.js';

/** What a function is invoked with. */
export interface Invocation {
  readonly id: string;
  readonly payload: Buffer;
  readonly functionArn: string;
  readonly traceId: string;
  /** JSON. */
  readonly clientContext?: string | undefined;
  /** Who takes the answer while it is written. */
  readonly stream?: AnswerStream | undefined;
}

/** An invocation with an id, and with a trace if the caller has none. */
export function newInvocation(
  payload: Buffer,
  functionArn: string,
  given: Partial<Pick<Invocation, 'id' | 'traceId' | 'clientContext' | 'stream'>> = {},
): Invocation {
  const { id = randomUUID(), traceId = newTrace(), clientContext, stream } = given;
  return { id, payload, functionArn, traceId, clientContext, stream };
}

function newTrace(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  const [root, parent] = [randomBytes(12), randomBytes(8)].map((bytes) => bytes.toString('hex'));
  return `Root=1-${time}-${root};Parent=${parent};Sampled=0`;
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Takes an answer while the handler writes it. */
export interface AnswerStream {
  /** Whether it takes answers of a type; others are handed over as a whole. */
  takes(contentType: string): boolean;
  /** Resolves when more can be taken. */
  write(chunk: Buffer, contentType: string): Promise<void>;
}

/** Writes to a client. One that reads slowly makes the handler wait; one that has gone does not. */
export async function written(response: ServerResponse, chunk: Buffer): Promise<void> {
  if (response.destroyed || response.writableEnded || response.write(chunk)) return;
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    over.abort(),
  );
}

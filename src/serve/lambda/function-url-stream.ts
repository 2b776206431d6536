import type { ServerResponse } from 'node:http';

import { written, type AnswerStream } from './answer-stream.js';
import { badGateway, headOfAnswer, isStreamed, SEPARATOR, type UrlAnswer } from './function-url.js';
import type { Outcome } from './outcome.js';

/** Passes a streamed answer on to the client of a function URL: its head, then its body as it comes. */
export class FunctionUrlStream implements AnswerStream {
  /** What has come of the head; undefined when that is over. */
  #head: Buffer | undefined = Buffer.alloc(0);

  constructor(private readonly response: ServerResponse) {}

  /** Whether anything of an answer has come. */
  get hasBegun(): boolean {
    return this.#head === undefined || this.#head.length > 0;
  }

  takes(contentType: string): boolean {
    return isStreamed(contentType);
  }

  async write(chunk: Buffer): Promise<void> {
    if (!this.#head) return written(this.response, chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(SEPARATOR);
    if (end < 0) return;
    const answer = headOfAnswer(this.#head.toString('utf8', 0, end));
    const rest = this.#head.subarray(end + SEPARATOR.length);
    this.#head = undefined;
    send(this.response, answer);
    this.response.flushHeaders();
    if (answer.status === 502) this.response.end(answer.body);
    else if (rest.length > 0) await written(this.response, rest);
  }

  /** An answer that breaks off is seen to: the client's connection does. */
  end({ isError }: Outcome): void {
    if (this.response.writableEnded) return;
    if (!this.#head && isError) return void this.response.destroy();
    if (!this.#head) return void this.response.end();
    const answer = badGateway();
    send(this.response, answer);
    this.response.end(answer.body);
  }
}

/** Sends the head of an answer. */
export function send(response: ServerResponse, { status, headers }: UrlAnswer): void {
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
  response.writeHead(status);
}

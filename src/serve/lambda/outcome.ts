/** How an invocation ended. */
export interface Outcome {
  readonly body: Buffer;
  /** What the handler said of its answer's type; streamed answers for function URLs have one of their own. */
  readonly contentType: string;
  /** Whether the body says what went wrong, as in Lambda. */
  readonly isError: boolean;
  /** Whether the answer has been handed over while it was written; the body holds no more than an error. */
  readonly isStreamed?: boolean;
}

/** What Lambda answers when a function fails: with the error's type and message. */
export function failure(errorType: string, errorMessage: string): Outcome {
  const body = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { body, contentType: 'application/json', isError: true };
}

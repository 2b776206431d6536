import type { ServerResponse } from 'node:http';

/** Answers a request as Lambda does that it does not take. */
export function refuse(response: ServerResponse, status: number, type: string, message: string): undefined {
  response.writeHead(status, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': type });
  response.end(JSON.stringify({ Type: 'User', Message: message, message }));
  return undefined;
}

import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where the proxy itself tells pages that they are out of date. */
export const RELOAD_PATH = '/.nx-gopher/reload';

/** Loads a page again when the program behind it is another one, or a connection that was lost is there again. */
export const RELOAD_SCRIPT = `<script>new EventSource(${JSON.stringify(RELOAD_PATH)}).addEventListener('reload', () => location.reload());</script>`;

/** The pages that are open, and wait to be told. */
export class Reload {
  readonly #pages = new Set<ServerResponse>();

  /** Takes a page's request for events. */
  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    this.#pages.add(response);
    response.on('close', () => this.#pages.delete(response));
  }

  tell(): void {
    for (const page of this.#pages) page.write('event: reload\ndata:\n\n');
  }

  close(): void {
    for (const page of this.#pages) page.destroy();
  }
}

/** Asks the program for a page as plain text, so that something can be added to it. */
export function askForPlain(request: IncomingMessage): void {
  if (wantsPage(request)) delete request.headers['accept-encoding'];
}

/** Whether a request is a browser's for a page. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');
}

/** Lets a response that holds a page end with the script; to be called before its head is written. */
export function addScript({ headers, statusCode = 0 }: IncomingMessage, response: ServerResponse): void {
  const isPage = /^text\/html\b/i.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined;
  if (!isPage || statusCode === 304 || statusCode === 204 || response.req.method === 'HEAD') return;
  delete headers['content-length'];
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    response.write(RELOAD_SCRIPT);
    return end(...args);
  }) as ServerResponse['end'];
}

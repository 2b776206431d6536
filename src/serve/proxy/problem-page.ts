import type { IncomingMessage } from 'node:http';

import { RELOAD_SCRIPT, wantsPage } from './reload.js';

/** An answer in place of a program that cannot be built or has ended. */
export interface ProblemAnswer {
  readonly headers: Readonly<Record<'content-type' | 'cache-control' | 'retry-after', string>>;
  readonly body: string;
}

/** What is wrong: as a page for a browser, which loads itself again once it is mended, as text for everyone else. */
export function problemAnswer(request: IncomingMessage, problem: string): ProblemAnswer {
  const isPage = wantsPage(request);
  const type = isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';
  return {
    headers: { 'content-type': type, 'cache-control': 'no-store', 'retry-after': '1' },
    body: isPage ? page(problem) : problem,
  };
}

function page(problem: string): string {
  const style = 'body{font:16px/1.5 system-ui;margin:3em;color:#222}pre{background:#f4f4f4;padding:1em;overflow:auto}';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not running</title><style>${style}</style></head>
<body><h1>The program is not running</h1><pre>${escaped(problem)}</pre>
<p>This page loads itself again once it is mended.</p>${RELOAD_SCRIPT}</body></html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

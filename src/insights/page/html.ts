import { createHash } from 'node:crypto';

import { clientCode } from './client-code.js';
import type { PageContent } from './content.js';

/**
 * The page as one HTML file that asks for nothing else: the browser is told to run no script but this one, and to
 * connect to nothing, so that names in a workspace cannot do more than be read.
 */
export function pageHtml(content: PageContent): string {
  const { script, style } = clientCode();
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    // The charts have styles on their elements.
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapedText(content.title)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page draws its tables and charts by a script, and the browser does not run any.</noscript>
<script type="application/json" id="content">${embeddedJson(content)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/**
 * JSON that can stand in a `<script>`: nothing in it ends the element, opens a comment or another script in it, and
 * nothing is a line end for old scripts. Half a character, which UTF-8 cannot hold, is escaped too.
 */
export function embeddedJson(value: unknown): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escape);
}

function escapedText(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (character) => named[character] ?? character);
}

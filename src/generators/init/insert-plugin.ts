interface Token {
  readonly text: string;
  readonly start: number;
}

/** Strings, punctuation and bare words of JSON with comments; comments and white space are passed over. */
const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,/]+/g;

/**
 * Puts a plugin at the end of the `plugins` of an nx.json's text, and leaves the rest of the text,
 * comments and formatting included, as it is.
 *
 * A text edit without a parser behind it: the caller checks that the result reads as it should.
 */
export function insertPlugin(text: string, plugin: string): string | undefined {
  const tokens = tokenize(text);
  const key = topLevelKey(tokens, 'plugins');
  const open = key === undefined ? 0 : key + 2;
  if (tokens[open]?.text !== (key === undefined ? '{' : '[')) {
    return undefined;
  }
  const close = matchingBracket(tokens, open);
  if (close === undefined) {
    return undefined;
  }
  const element = key === undefined ? `"plugins": [${JSON.stringify(plugin)}]` : JSON.stringify(plugin);
  return append(text, tokens, open, close, element);
}

/** Adds an element after the last one between two brackets, on a line of its own where the others are. */
function append(text: string, tokens: Token[], open: number, close: number, element: string): string {
  const [first, last] = [tokens[open + 1], tokens[close - 1]];
  if (!first || !last || close === open + 1) {
    const at = (tokens[open]?.start ?? 0) + 1;
    return text.slice(0, at) + element + text.slice(at);
  }
  const space = /\s*$/.exec(text.slice(0, first.start))?.[0] || ' ';
  const at = last.start + last.text.length;
  return text.slice(0, at) + (last.text === ',' ? '' : ',') + space + element + text.slice(at);
}

function tokenize(text: string): Token[] {
  return [...text.matchAll(TOKENS)]
    .map((match) => ({ text: match[0], start: match.index }))
    .filter((token) => !token.text.startsWith('//') && !token.text.startsWith('/*'));
}

function topLevelKey(tokens: readonly Token[], name: string): number | undefined {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (depth === 1 && token.text === JSON.stringify(name) && tokens[index + 1]?.text === ':') {
      return index;
    }
    depth += step(token);
  }
  return undefined;
}

function matchingBracket(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    depth += step(tokens[index]);
    if (depth === 0) {
      return index;
    }
  }
  return undefined;
}

function step(token: Token | undefined): number {
  if (token?.text === '{' || token?.text === '[') {
    return 1;
  }
  return token?.text === '}' || token?.text === ']' ? -1 : 0;
}

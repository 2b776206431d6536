interface Token {
  readonly text: string;
  readonly start: number;
}

/** Strings, punctuation and bare words of JSON with comments; comments and white space are passed over. */
const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,/]+/g;

/**
 * Puts a text at the end of the list that the keys lead to in an nx.json's text (`['sync', 'globalGenerators']`), and
 * leaves the rest of the text, comments and formatting included, as it is. What is missing on the way is made.
 *
 * A text edit without a parser behind it: the caller checks that the result reads as it should.
 */
export function appendToList(text: string, keys: readonly string[], value: string): string | undefined {
  const tokens = tokenize(text);
  let open = 0;
  let missing = [...keys];
  while (missing.length > 0 && tokens[open]?.text === '{') {
    const key = keyIn(tokens, open, missing[0] ?? '');
    if (key === undefined) break;
    open = key + 2;
    missing = missing.slice(1);
  }
  if (tokens[open]?.text !== (missing.length === 0 ? '[' : '{')) {
    return undefined;
  }
  const close = matchingBracket(tokens, open);
  return close === undefined ? undefined : append(text, tokens, open, close, element(missing, value));
}

/** A list with the value, below the keys that are missing; the value alone where none is. */
function element([first, ...rest]: readonly string[], value: string): string {
  if (first === undefined) {
    return JSON.stringify(value);
  }
  const inner = element(rest, value);
  return `${JSON.stringify(first)}: ${rest.length === 0 ? `[${inner}]` : `{ ${inner} }`}`;
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

/** Where a key stands in the object that opens at a token. */
function keyIn(tokens: readonly Token[], open: number, name: string): number | undefined {
  let depth = 0;
  for (let index = open; index < tokens.length && (depth > 0 || index === open); index++) {
    const token = tokens[index];
    if (depth === 1 && token?.text === JSON.stringify(name) && tokens[index + 1]?.text === ':') {
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

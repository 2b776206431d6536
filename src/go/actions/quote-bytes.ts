const SHORT: ReadonlyMap<number, string> = new Map(
  [...'abtnvfr'].map((letter, index) => [[7, 8, 9, 10, 11, 12, 13][index] ?? 0, `\\${letter}`]),
);
/** What go prints as it is, of what is no space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** Bytes as a Go string literal, as Go's strconv.Quote writes it. */
export function quoteBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const [character, length] = characterAt(bytes, at);
    text += character === undefined ? `\\x${hex(bytes[at] ?? 0, 2)}` : quoted(character);
    at += length;
  }
  return `"${text}"`;
}

function quoted(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character === ' ' || PRINTABLE.test(character)) return character;
  if (code < 0x20 || code === 0x7f) return SHORT.get(code) ?? `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/** The character that begins there in UTF-8, and how many bytes it has. Undefined, and one byte, where none does. */
function characterAt(bytes: Uint8Array, at: number): [string | undefined, number] {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    const text = new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
    return [text, length];
  } catch {
    return [undefined, 1];
  }
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', '"': '"' },
};

/** The value of a Go string literal, `"…"` or `` `…` ``; undefined when it is none. As Go's strconv.Unquote. */
export function unquote(literal: string): string | undefined {
  if (/^`[^`]*`$/.test(literal)) return literal.slice(1, -1).replaceAll('\r', '');
  const inner = /^"((?:[^"\\\n]|\\.)*)"$/.exec(literal)?.[1];
  if (inner === undefined) return undefined;
  let valid = true;
  const value = inner.replace(
    /\\(?:([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
    (_, octal?: string, hex?: string, short?: string, long?: string, letter?: string) => {
      const digits = hex ?? short ?? long;
      const code = octal ? parseInt(octal, 8) : digits ? parseInt(digits, 16) : undefined;
      const character =
        code === undefined ? ESCAPES[letter ?? ''] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
      valid &&= character !== undefined;
      return character ?? '';
    },
  );
  return valid ? value : undefined;
}

/** The arguments of a directive such as `//go:embed`, quoted or bare; undefined when a quoted one is malformed. */
export function parseDirectiveArguments(text: string): string[] | undefined {
  const parsed: string[] = [];
  const argument = /\s*(?:("(?:[^"\\\n]|\\.)*"|`[^`]*`)(?!\S)|([^\s"`]\S*))\s*/y;
  while (argument.lastIndex < text.length) {
    const match = argument.exec(text);
    const value = match && (match[2] ?? unquote(match[1] ?? ''));
    if (value === undefined || value === null) return undefined;
    parsed.push(value);
  }
  return parsed;
}

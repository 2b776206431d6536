/** A variable in a text, or a piece of text without one. */
type Piece = string | Variable;

interface Variable {
  readonly name: string;
  /** What stands for it where it is not set, or empty: `${NAME:-text}`. */
  readonly fallback?: readonly Piece[];
}

/** A text with variables, as a shell would read it. */
export type VariableText = readonly Piece[];

/** Thrown for what is neither text nor a variable; the message follows the name of the option. */
export class NoVariableError extends Error {
  override readonly name = 'NoVariableError';
}

/** Thrown for a variable that is not set, and has no fallback. */
export class UnsetVariableError extends Error {
  override readonly name = 'UnsetVariableError';

  constructor(readonly variable: string) {
    super(`$${variable} is not set`);
  }
}

/**
 * Reads a text as a shell and as Nx's `.env` files have it: `$NAME`, `${NAME}` and `${NAME:-text}` stand for variables,
 * `\$` for a dollar sign. A dollar sign before anything else is one.
 *
 * @throws NoVariableError for commands, which no shell is there to run, and for other forms of a shell.
 */
export function parseVariables(text: string): VariableText {
  // Most texts hold neither.
  if (!/[$`]/.test(text)) return [text];
  const { pieces } = parseUntil(text, 0, undefined);
  return pieces;
}

/** The names of the variables, those of fallbacks too. */
export function variablesIn(text: VariableText): string[] {
  return text.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name, ...variablesIn(piece.fallback ?? [])]));
}

/**
 * Fills the variables in.
 *
 * @param valueOf undefined where a variable is not set.
 * @throws UnsetVariableError.
 */
export function filled(text: VariableText, valueOf: (name: string) => string | undefined): string {
  const pieces = text.map((piece) => {
    if (typeof piece === 'string') return piece;
    const value = valueOf(piece.name);
    if (piece.fallback) return value || filled(piece.fallback, valueOf);
    if (value !== undefined) return value;
    throw new UnsetVariableError(piece.name);
  });
  return pieces.join('');
}

/** @param end the character that ends the text; its whole without one. */
function parseUntil(text: string, start: number, end: string | undefined): { pieces: Piece[]; at: number } {
  const pieces: Piece[] = [];
  let at = start;
  let plain = '';
  while (at < text.length && text[at] !== end) {
    const [escaped] = /^\\[$`]/.exec(text.slice(at)) ?? [];
    if (escaped) {
      plain += escaped.slice(1);
      at += escaped.length;
      continue;
    }
    refuseCommand(text, at);
    const variable = variableAt(text, at);
    if (variable) {
      pieces.push(plain, variable.variable);
      plain = '';
      at = variable.at;
    } else plain += text[at++];
  }
  return { pieces: [...pieces, plain].filter((piece) => piece !== ''), at };
}

function refuseCommand(text: string, at: number): void {
  const [command] = /^(?:\$\([^)]*\)?|`[^`]*`?)/.exec(text.slice(at)) ?? [];
  if (command === undefined) return;
  throw new NoVariableError(
    `holds ${command}, but no shell runs it, and its result would be in no hash. Run the command before nx, hand its ` +
      `result over in a variable, and write the variable: VERSION=${command.startsWith('$') ? command : '$(…)'} nx build …, ` +
      `and $VERSION in the option. For a literal ${command[0]} write \\\\${command[0]} in JSON`,
  );
}

function variableAt(text: string, at: number): { variable: Variable; at: number } | undefined {
  const rest = text.slice(at);
  const [plain, plainName] = /^\$([A-Za-z_]\w*)/.exec(rest) ?? [];
  if (plain !== undefined) return { variable: { name: plainName ?? '' }, at: at + plain.length };
  if (!rest.startsWith('${')) return undefined;
  const [head, name = '', operator = ''] = /^\$\{([A-Za-z_]\w*)(:-)?/.exec(rest) ?? [];
  const inner = parseUntil(text, at + (head?.length ?? 2), '}');
  if (head === undefined || text[inner.at] !== '}' || (operator === '' && inner.pieces.length > 0)) {
    throw new NoVariableError(
      `holds ${text.slice(at, inner.at + 1)}, which is no variable: $NAME, \${NAME} and \${NAME:-default} are. ` +
        `For a literal $ write \\\\$ in JSON`,
    );
  }
  return { variable: { name, ...(operator ? { fallback: inner.pieces } : {}) }, at: inner.at + 1 };
}

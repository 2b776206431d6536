import { readConstraint } from './constraint-lines.js';
import { parseDirectiveArguments, unquote } from './quoted-strings.js';

/** Why go refuses a file, and the line that says so. */
export interface SourceError {
  readonly line: number;
  readonly message: string;
}

/** What a Go file says of itself before its first declaration, and its embed patterns. */
export interface SourceFile {
  /** Empty when the package clause cannot be read. */
  readonly packageName: string;
  /** In order, with doubles; empty when the file has an error, as go takes none from such a file. */
  readonly imports: readonly string[];
  /** A `//go:build` expression, made from `// +build` lines where there is no such line. */
  readonly constraint?: string;
  readonly embedPatterns: readonly string[];
  /** Whether it imports "C". */
  readonly usesCgo: boolean;
  /** The `#cgo` lines of the comment before `import "C"`, without the `#cgo`. */
  readonly cgoLines: readonly string[];
  /** The build constraint cannot be read: go does not look at the rest of the file. */
  readonly constraintError?: SourceError;
  /** The package clause or the imports cannot be read. */
  readonly error?: SourceError;
}

/** Reads the head of a Go file as go/build does; what follows the imports is searched for `//go:embed` alone. */
export function parseSourceFile(source: string): SourceFile {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const { constraint, error: constraintError } = readConstraint(text);
  const header = new HeaderParser(text).parse();
  return {
    ...header,
    ...(constraint === undefined ? {} : { constraint }),
    ...(constraintError ? { constraintError } : {}),
    embedPatterns: header.imports.includes('embed') ? embedPatterns(text) : [],
    usesCgo: header.imports.includes('C'),
  };
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** Whether a line end, a semicolon or the end of the file stands before it. */
  readonly separated: boolean;
  /** The comments right before it, without a blank line between. */
  readonly doc: string;
}

type Header = Pick<SourceFile, 'packageName' | 'imports' | 'cgoLines' | 'error'>;

class HeaderSyntaxError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const TOKEN = /([ \t\r\f]+|\n|;|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|"(?:[^"\\\n]|\\.)*"|`[^`]*`|[\p{L}\p{Nd}_]+|[\s\S]/uy;

/** Reads `package x`, and the import declarations after it; stops at anything else. */
class HeaderParser {
  private readonly token = new RegExp(TOKEN);
  private line = 1;
  private peeked: Token | undefined;
  private packageName = '';
  private readonly imports: string[] = [];
  private readonly cgoLines: string[] = [];

  constructor(private readonly text: string) {}

  parse(): Header {
    try {
      this.packageClause();
      while (this.peek().text === 'import') this.importDeclaration();
    } catch (error) {
      if (!(error instanceof HeaderSyntaxError)) throw error;
      const { line, message } = error;
      return { packageName: this.packageName, imports: [], cgoLines: [], error: { line, message } };
    }
    return { packageName: this.packageName, imports: this.imports, cgoLines: this.cgoLines };
  }

  private packageClause(): void {
    const keyword = this.next();
    if (keyword.text !== 'package') this.fail(keyword, `expected 'package', found ${describe(keyword)}`);
    const name = this.next();
    if (!isIdentifier(name.text)) this.fail(name, `expected a package name, found ${describe(name)}`);
    if (name.text === '_') this.fail(name, 'invalid package name _');
    // go/parser does not give the name of a clause that goes on.
    this.separator('after package clause');
    this.packageName = name.text;
  }

  private importDeclaration(): void {
    const { doc } = this.next();
    if (this.peek().text !== '(') {
      this.importSpec(doc);
    } else {
      this.next();
      while (this.peek().text !== ')') {
        this.importSpec(doc);
        if (this.peek().text !== ')') this.separator('in import declaration');
      }
      this.next();
    }
    this.separator('after import declaration');
  }

  private importSpec(declarationDoc: string): void {
    let token = this.next();
    const doc = token.doc || declarationDoc;
    if (token.text === '.' || isIdentifier(token.text)) token = this.next();
    if (token.text === '"' || token.text === '`') this.fail(token, 'string literal not terminated');
    const path = unquote(token.text);
    if (path === undefined) this.fail(token, `missing import path; require quoted string`);
    if (!isImportPath(path)) this.fail(token, `invalid import path: ${path}`);
    this.imports.push(path);
    if (path === 'C') this.cgoLines.push(...cgoLines(doc));
  }

  private separator(where: string): void {
    const token = this.peek();
    if (!token.separated) this.fail(token, `expected ';' ${where}, found ${describe(token)}`);
  }

  private peek(): Token {
    return (this.peeked ??= this.scan());
  }

  private next(): Token {
    const token = this.peek();
    this.peeked = undefined;
    return token;
  }

  /** The next token after blanks and comments; an empty one at the end of the file. */
  private scan(): Token {
    let separated = false;
    let doc = '';
    let newlines = 0;
    for (;;) {
      const match = this.token.exec(this.text);
      if (!match) return { text: '', line: this.line, separated: true, doc };
      const [text, skipped] = match;
      const line = this.line;
      this.line += text.split('\n').length - 1;
      if (skipped === undefined) return { text, line, separated, doc };
      if (text.includes('\n') || text === ';') separated = true;
      newlines = text === '\n' ? newlines + 1 : text.trim() === '' ? newlines : 0;
      // A blank line parts a comment from what it would be the documentation of.
      if (newlines > 1) doc = '';
      if (text.startsWith('/')) doc += `${text}\n`;
    }
  }

  private fail(token: Token, message: string): never {
    throw new HeaderSyntaxError(token.line, message);
  }
}

function describe(token: Token): string {
  return token.text === '' ? "'EOF'" : `'${token.text}'`;
}

function isIdentifier(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) && text !== 'import' && text !== 'package';
}

function isImportPath(path: string): boolean {
  return path !== '' && !/[\s\p{C}!"#$%&'()*,:;<=>?[\\\]^{|}`\uFFFD]/u.test(path);
}

function cgoLines(doc: string): string[] {
  return [...doc.matchAll(/^[ \t]*(?:\/\/|\/\*)?[ \t]*#cgo[ \t]+(.*?)[ \t]*(?:\*\/)?\r?$/gm)].map(
    (match) => match[1] ?? '',
  );
}

/** The patterns of all `//go:embed` comments; go leaves out a line that it cannot parse. */
function embedPatterns(text: string): string[] {
  const literal = /(\/\/[^\n]*)|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'/g;
  return [...text.matchAll(literal)].flatMap(([, comment]) => {
    const [, list] = /^\/\/go:embed(?:\s+(.*))?$/s.exec(comment?.trimEnd() ?? '') ?? [];
    return (list !== undefined && parseDirectiveArguments(list)) || [];
  });
}

import { BuildConstraintError, evaluateConstraint, isTag } from './build-constraint.js';

/** What the head of a source file says of where it is built. */
export interface ConstraintLines {
  /** As a `//go:build` expression; undefined when the file is built everywhere. */
  readonly constraint?: string;
  /** Why go refuses to read the file. */
  readonly error?: { readonly line: number; readonly message: string };
}

const GO_BUILD = /^\/\/go:build(?:\s+(.*))?$/;
const PLUS_BUILD = /^\/\/\s*\+build(?:\s+(.*))?$/;

/**
 * Reads the build constraint of a Go, C or assembly file: go/build's parseFileHeader and shouldBuild.
 *
 * A `//go:build` line counts among the comments before the first text, and then alone. Without one the `// +build`
 * lines count that stand in the leading run of line comments, each followed by a blank line somewhere in that run.
 */
export function readConstraint(text: string): ConstraintLines {
  const { goBuild, plusBuild } = leadingLines(text);
  if (goBuild.length > 1) return { error: { line: goBuild[1]?.line ?? 1, message: 'multiple //go:build comments' } };
  const [only] = goBuild;
  if (!only) return plusBuild.length > 0 ? { constraint: plusBuild.map(fromPlusBuild).join(' && ') } : {};
  try {
    evaluateConstraint(only.expression, () => false);
    return { constraint: only.expression };
  } catch (error) {
    if (!(error instanceof BuildConstraintError)) throw error;
    return { error: { line: only.line, message: `parsing //go:build line: ${error.message}` } };
  }
}

interface LeadingLines {
  readonly goBuild: { readonly line: number; readonly expression: string }[];
  readonly plusBuild: readonly string[];
}

function leadingLines(text: string): LeadingLines {
  const goBuild: { line: number; expression: string }[] = [];
  const plusBuild: string[] = [];
  let pending: string[] = [];
  let onlyLineComments = true;
  let inBlock = false;
  for (const { line, number } of linesOf(text)) {
    if (line === '' && onlyLineComments) {
      plusBuild.push(...pending);
      pending = [];
      continue;
    }
    if (!line.startsWith('//')) onlyLineComments = false;
    const expression = inBlock ? undefined : GO_BUILD.exec(line);
    if (expression) goBuild.push({ line: number, expression: expression[1] ?? '' });
    const plus = onlyLineComments && PLUS_BUILD.exec(line);
    if (plus) pending.push(plus[1] ?? '');
    const after = skipComments(line, inBlock);
    if (after === 'text') break;
    inBlock = after === 'block';
  }
  return { goBuild, plusBuild };
}

/** Lines one by one: the text after the package clause is never split. */
function* linesOf(text: string): Generator<{ line: string; number: number }> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    yield { line: text.slice(start, end).trim(), number };
    start = end + 1;
  }
}

/** What follows the comments of a line: text, nothing more, or the rest of a block comment. */
function skipComments(line: string, inBlock: boolean): 'text' | 'end' | 'block' {
  let rest = line;
  for (let open = inBlock; ;) {
    if (open) {
      const end = rest.indexOf('*/');
      if (end === -1) return 'block';
      rest = rest.slice(end + 2).trim();
      open = false;
    } else if (rest === '' || rest.startsWith('//')) {
      return 'end';
    } else if (rest.startsWith('/*')) {
      rest = rest.slice(2);
      open = true;
    } else {
      return 'text';
    }
  }
}

/** `a,!b c` means (a and not b) or c; a word that is no tag counts as the tag `ignore`. */
function fromPlusBuild(line: string): string {
  const literal = (word: string): string => {
    if (word.startsWith('!!') || word === '!') return 'ignore';
    const negated = word.startsWith('!');
    const tag = negated ? word.slice(1) : word;
    return `${negated ? '!' : ''}${isTag(tag) ? tag : 'ignore'}`;
  };
  const clauses = line.split(/\s+/).filter(Boolean);
  if (clauses.length === 0) return 'ignore';
  return `(${clauses.map((clause) => clause.split(',').map(literal).join(' && ')).join(' || ')})`;
}

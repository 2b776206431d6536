import { CHANGED, type Kind } from './kind.js';
import { anySource, anyTest, changeLine, headerLines, holds } from './places.js';

/** The first line of a function whose body begins on the next. */
const FUNCTION = /^func .*\{$/;
const COMMENT = /^\s*\/\/ \w.*$/;
const TEXT = /^\s+.*"[A-Za-z][\w ]*"/;

/** Edits within the functions of a package, and of its comments: what happens most. */
export const BODIES: readonly Kind[] = [
  {
    name: 'statement added to a function',
    weight: 10,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(FUNCTION, 'm')));
      if (!file) return undefined;
      const statement = `\tprintln("${workspace.fresh}")`;
      changeLine(random, workspace, file, isFunction, (line) => `${line}\n${statement}`);
      return CHANGED;
    },
  },
  {
    name: 'text in a function changed',
    weight: 6,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(TEXT, 'm')));
      if (!file) return undefined;
      const start = headerLines(workspace.read(file));
      const fits = (line: string, index: number): boolean => index >= start && TEXT.test(line);
      const change = (line: string): string => line.replace(/"([A-Za-z][\w ]*)"/, `"$1 ${workspace.fresh}"`);
      return changeLine(random, workspace, file, fits, change) ? CHANGED : undefined;
    },
  },
  {
    name: 'function added',
    weight: 6,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.append(file, `\nfunc init() {\n\tprintln("${workspace.fresh}")\n}\n`);
      return CHANGED;
    },
  },
  {
    name: 'statement of a test changed',
    weight: 4,
    apply(random, workspace) {
      const file = anyTest(random, workspace, holds(workspace, new RegExp(FUNCTION, 'm')));
      if (!file) return undefined;
      const statement = `\tprintln("${workspace.fresh}")`;
      changeLine(random, workspace, file, isFunction, (line) => `${line}\n${statement}`);
      return CHANGED;
    },
  },
  {
    name: 'comment that moves lines',
    weight: 3,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(FUNCTION, 'm')));
      if (!file) return undefined;
      const comment = `\t// ${workspace.fresh}`;
      changeLine(random, workspace, file, isFunction, (line) => `${line}\n${comment}`);
      return CHANGED;
    },
  },
  {
    name: 'comment in place',
    weight: 2,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(COMMENT, 'm')));
      if (!file) return undefined;
      changeLine(random, workspace, file, isComment, (line) => `${line} ${workspace.fresh}`);
      return CHANGED;
    },
  },
  {
    name: 'line ends made CRLF or LF',
    weight: 0.5,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      const text = workspace.read(file);
      workspace.write(file, text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'));
      return CHANGED;
    },
  },
];

function isFunction(line: string): boolean {
  return FUNCTION.test(line);
}

function isComment(line: string): boolean {
  return COMMENT.test(line);
}

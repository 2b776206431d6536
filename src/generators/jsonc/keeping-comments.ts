import { isDeepStrictEqual } from 'node:util';

import { parseJson, type Tree } from '@nx/devkit';
import { applyEdits, findNodeAtLocation, modify, parseTree, type Edit, type JSONPath } from 'jsonc-parser';

/**
 * Lets devkit change a JSON file, and writes the change as edits of the text that was there: devkit itself writes the
 * whole file again, and comments and formatting are lost.
 */
export function keepingComments(tree: Tree, path: string, change: () => void): void {
  const before = tree.read(path, 'utf-8');
  change();
  const after = tree.read(path, 'utf-8');
  if (before === null || after === null || before === after) return;
  const edited = withValue(before, parseJson<object>(after));
  // A text that no edit gets right, such as one with a key twice, stays as devkit wrote it.
  if (reads(edited, after)) tree.write(path, edited);
}

/** The text of a JSON file, comments and all, with another value. */
export function withValue(text: string, value: unknown): string {
  let edited = text;
  for (const change of changes(parseJson<object>(text), value, [])) {
    const [edit] = modify(edited, change.path, change.to, { isArrayInsertion: change.isInsertion });
    if (edit) edited = applyEdits(edited, [change.to === undefined ? edit : spaced(edited, edit, change)]);
  }
  return edited;
}

interface Change {
  readonly path: JSONPath;
  /** undefined takes the key away. */
  readonly to: unknown;
  /** Whether the path names the place of a new element. */
  readonly isInsertion: boolean;
}

function changes(from: unknown, to: unknown, path: JSONPath): Change[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) {
    const kept = from.length;
    if (to.length >= kept && isDeepStrictEqual(from, to.slice(0, kept))) {
      return to.slice(kept).map((item, index) => ({ path: [...path, kept + index], to: item, isInsertion: true }));
    }
    if (to.length === kept) return to.flatMap((item, index) => changes(from[index], item, [...path, index]));
  }
  if (isObject(from) && isObject(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      changes(from[key], to[key], [...path, key]),
    );
  }
  return [{ path, to, isInsertion: false }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** jsonc-parser writes values without white space, or else formats all lines that it touches. */
function spaced(text: string, edit: Edit, { path, to }: Change): Edit {
  const isNew = edit.length === 0;
  const key = isNew && typeof path.at(-1) === 'string' ? `${JSON.stringify(path.at(-1))}: ` : '';
  const before = isNew && edit.content.startsWith(',') ? `,${spaceBeforeLast(text, path.slice(0, -1))}` : '';
  // A comma stands behind a new value where another one follows, or where the list ends with one.
  const behind = isNew && edit.content.endsWith(',') ? ',' : '';
  return { ...edit, content: before + key + onOneLine(to) + behind };
}

/** The white space in front of the last element: a new one stands on a line of its own where the others do. */
function spaceBeforeLast(text: string, path: JSONPath): string {
  const root = parseTree(text, undefined, { allowTrailingComma: true });
  const last = root && findNodeAtLocation(root, path)?.children?.at(-1);
  return /\s*$/.exec(text.slice(0, last?.offset ?? 0))?.[0] || ' ';
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function reads(text: string, wanted: string): boolean {
  try {
    return isDeepStrictEqual(parseJson(text), parseJson(wanted));
  } catch {
    return false;
  }
}

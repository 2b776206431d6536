const KEYWORDS = new Set(
  (
    'break case chan const continue default defer else fallthrough for func go goto if import interface map package ' +
    'range return select struct switch type var'
  ).split(' '),
);

/**
 * Names that the language or the go command takes for something else: a program, files left out of every build, a
 * directory that only its surroundings may import.
 */
const RESERVED: Readonly<Record<string, string>> = {
  main: 'is the name of a program',
  documentation: 'is a name that go leaves out of every build',
  internal: 'says who may import the packages below it, not what the package is',
};

/**
 * The name that a package gets from its import path, as Go writes names: the last element in lower case without
 * separators (`order-items` gives `orderitems`), and the one before it where the last is a major version (`orders/v2`).
 * It may not be valid: see {@link packageNameError}.
 */
export function packageNameOf(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? '';
  const element = /^v[1-9]\d*$/.test(last) ? (elements.at(-2) ?? last) : last;
  return element.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Why a package cannot or should not have this name, to be read after the name; undefined for a good one. */
export function packageNameError(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (KEYWORDS.has(name)) return 'is a keyword of Go';
  if (Object.hasOwn(RESERVED, name)) return RESERVED[name];
  if (/^\d/.test(name)) return 'begins with a digit';
  return /^[a-z][a-z0-9]*$/.test(name) ? undefined : 'is not made of lower-case letters and digits';
}

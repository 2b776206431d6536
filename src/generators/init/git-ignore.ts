import type { Tree } from '@nx/devkit';

/** The directories that builds and tests write to by default. */
const WRITTEN = ['dist', 'coverage'];

/** Lets git ignore what builds and tests write by default, unless it does so already. */
export function ignoreWritten(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const ignored = new Set(text.split(/\r?\n/).map(ignoredDirectory));
  const missing = WRITTEN.filter((directory) => !ignored.has(directory));
  if (missing.length === 0) {
    return;
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + newline;
  tree.write('.gitignore', before + missing.map((directory) => directory + newline).join(''));
}

/** The directory that a line of .gitignore ignores as a whole, however it is written: `dist`, `/dist/`, `dist/**`. */
function ignoredDirectory(line: string): string {
  return line
    .trim()
    .replace(/^(\*\*\/|\/)/, '')
    .replace(/\/\*{0,2}$/, '');
}

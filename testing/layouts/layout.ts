import type { Files } from '../workspace/files.js';

/** A workspace as it lies in git before any edit, and the tasks it has. */
export interface Layout {
  readonly name: string;
  readonly files: Files;
  /** Directories of the main packages; their build tasks are `<directory>:build`. */
  readonly mains: readonly string[];
  /** Directories of the packages with tests; their test tasks are `<directory>:test`. */
  readonly tests: readonly string[];
  /** Those of `mains` and `tests` whose closure uses cgo. */
  readonly cgo?: readonly string[];
  /** Symbolic links: path from the workspace root to what the link says. */
  readonly links?: Readonly<Record<string, string>>;
  /** Arguments of go commands to run after the files are written, each in `cwd`, before they are committed. */
  readonly prepare?: readonly { readonly cwd: string; readonly args: readonly string[] }[];
  /** A command, run in the root, that makes from committed files what git ignores and Go code embeds. */
  readonly generate?: readonly [file: string, ...args: string[]];
}

/** The ids of all Go tasks of a layout, sorted. */
export function layoutTasks(layout: Layout): string[] {
  return [...layout.mains.map((main) => `${main}:build`), ...layout.tests.map((test) => `${test}:test`)].sort();
}

/** A go.mod file; `requires` are `path version` pairs. */
export function goMod(path: string, go: string, requires: readonly string[] = [], rest = ''): string {
  const block = requires.length ? `\nrequire (\n${requires.map((require) => `\t${require}\n`).join('')})\n` : '';
  return `module ${path}\n\ngo ${go}\n${block}${rest}`;
}

/** A main package that prints the given Go expressions, one to a line. */
export function mainPrinting(imports: readonly string[], ...expressions: string[]): string {
  const lines = ['os', ...imports].map((path) => `\t"${path}"\n`).join('');
  const prints = expressions.map((expression) => `\tos.Stdout.WriteString(${expression} + "\\n")\n`).join('');
  return `package main\n\nimport (\n${lines})\n\nfunc main() {\n${prints}}\n`;
}

/** A test of `package name` that holds `condition` to be true; with `imports` and "testing". */
export function goTest(packageName: string, imports: readonly string[], condition: string): string {
  const lines = ['testing', ...imports].map((path) => `\t"${path}"\n`).join('');
  return `package ${packageName}\n\nimport (\n${lines})\n\nfunc TestHolds(t *testing.T) {\n\tif !(${condition}) {\n\t\tt.Fatal("does not hold")\n\t}\n}\n`;
}

/** A Go function that gives 1 under a go directive of 1.22 or later, and 3 under an older one. */
export const LOOP = `func loop() int {
	var value func() int
	for i := 0; i < 3; i++ {
		if i == 1 {
			value = func() int { return i }
		}
	}
	return value()
}
`;

import { readdirSync, type Dirent } from 'node:fs';
import { extname, join, resolve } from 'node:path';

import { problemOf, readRegularFile, statOf } from '../../files.js';
import { isFileNameIncluded, evaluateConstraint, type TagMatcher } from './build-constraint.js';
import { readConstraint } from './constraint-lines.js';
import { parseSourceFile, type SourceFile } from './source-file.js';
import { C_KINDS, CGO_KINDS, namesOf, SOURCE_KINDS } from './source-kinds.js';

/** A file of a package that go refuses, and why. */
export interface FileError {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The package of a directory's files under one build configuration, with the fields of `Package`. */
export interface PackageFiles {
  readonly name: string;
  readonly files: readonly string[];
  readonly ignoredFiles: readonly string[];
  readonly testFiles: readonly string[];
  readonly embedPatterns: readonly string[];
  readonly testEmbedPatterns: readonly string[];
  readonly imports: readonly string[];
  readonly testImports: readonly string[];
  readonly cgo: boolean;
  /** Absolute. */
  readonly includeDirs: readonly string[];
  /** The first that go would name; it names no more. */
  readonly error?: FileError;
}

const FOR_C_COMPILER = namesOf(C_KINDS);
const FOREIGN = namesOf(CGO_KINDS);

/** Sorts a directory's files as go/build's ImportDir. */
export function readPackageFiles(dir: string, matches: TagMatcher): PackageFiles {
  return sortPackageFiles(dir, sourceNames(dir), (name) => readRegularFile(join(dir, name)).toString('utf8'), matches);
}

/**
 * As {@link readPackageFiles}, of files that lie anywhere, in a commit say.
 *
 * @param names of those for which {@link isSourceName} holds, sorted.
 * @param textOf throws for a file that cannot be read.
 */
export function sortPackageFiles(
  dir: string,
  names: readonly string[],
  textOf: (name: string) => string,
  matches: TagMatcher,
): PackageFiles {
  const reader = new PackageReader(dir, textOf, matches);
  for (const name of names) reader.add(name);
  return reader.finish();
}

/** Whether go looks at a file of that name at all. */
export function isSourceName(name: string): boolean {
  return !/^[_.]/.test(name) && SOURCE_KINDS.includes(extname(name).slice(1));
}

/** The source files of a directory, sorted; none when there is no such directory. */
function sourceNames(dir: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
  const isDirectory = (entry: Dirent): boolean =>
    entry.isDirectory() || (entry.isSymbolicLink() && (statOf(join(dir, entry.name))?.isDirectory() ?? false));
  return entries
    .filter((entry) => isSourceName(entry.name))
    .filter((entry) => !isDirectory(entry))
    .map((entry) => entry.name)
    .sort();
}

class PackageReader {
  private name = '';
  private firstFile = '';
  private readonly files: string[] = [];
  private readonly ignored: string[] = [];
  private readonly tests: string[] = [];
  private readonly externalTests: string[] = [];
  private readonly capitalAssembly: string[] = [];
  private readonly imports = { compiled: new Set<string>(), test: new Set<string>(), externalTest: new Set<string>() };
  private readonly embeds = { compiled: new Set<string>(), test: new Set<string>(), externalTest: new Set<string>() };
  private readonly includeDirs: string[] = [];
  private cgo = false;
  private swig = false;
  private error: FileError | undefined;
  /** Why files could not be read, by name. */
  private readonly unreadable = new Map<string, string>();

  constructor(
    private readonly dir: string,
    private readonly textOf: (name: string) => string,
    private readonly matches: TagMatcher,
  ) {}

  add(name: string): void {
    if (!isFileNameIncluded(name, this.matches)) this.ignored.push(name);
    else if (name.endsWith('.go')) this.addGoFile(name);
    else this.addOtherFile(name);
  }

  finish(): PackageFiles {
    // Assembly that the C preprocessor reads first: only the C compiler, which cgo calls, takes it.
    (this.cgo ? this.files : this.ignored).push(...this.capitalAssembly);
    const foreign = this.files.find((file) => FOREIGN.test(file));
    if (foreign && !this.cgo && !this.swig)
      this.refuse(foreign, 1, 'source file not allowed when not using cgo or SWIG');
    const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
    return {
      name: this.name,
      files: [...new Set(this.files)],
      ignoredFiles: this.ignored,
      testFiles: [...this.tests, ...this.externalTests],
      embedPatterns: sorted(this.embeds.compiled),
      testEmbedPatterns: [...sorted(this.embeds.test), ...sorted(this.embeds.externalTest)],
      imports: sorted(this.imports.compiled),
      testImports: [...new Set([...sorted(this.imports.test), ...sorted(this.imports.externalTest)])],
      cgo: this.cgo || this.swig,
      includeDirs: this.includeDirs,
      ...(this.error ? { error: this.error } : {}),
    };
  }

  private addOtherFile(name: string): void {
    if (/\.(S|sx)$/.test(name)) {
      if (this.isIncluded(name)) this.capitalAssembly.push(name);
      else this.ignored.push(name);
      return;
    }
    const included = name.endsWith('.syso') || this.isIncluded(name);
    // Without cgo go forgets what only a C compiler takes; assembly, headers and objects stay.
    if (included && FOR_C_COMPILER.test(name) && !this.matches('cgo')) return;
    (included ? this.files : this.ignored).push(name);
    if (included && /\.swig(cxx)?$/.test(name)) this.swig = true;
  }

  /** Go leaves out a file of another language whose constraint it cannot read. */
  private isIncluded(name: string): boolean {
    const text = this.read(name);
    if (text === undefined) return false;
    const { constraint, error } = readConstraint(text);
    return !error && (constraint === undefined || evaluateConstraint(constraint, this.matches));
  }

  private addGoFile(name: string): void {
    const text = this.read(name);
    if (text === undefined) return this.refuse(name, 1, this.unreadable.get(name) ?? 'the file cannot be read');
    const source = parseSourceFile(text);
    if (source.constraintError) return this.refuse(name, source.constraintError.line, source.constraintError.message);
    const excluded = source.constraint !== undefined && !evaluateConstraint(source.constraint, this.matches);
    // "documentation" is a name for files that only godoc reads.
    if (excluded || source.packageName === 'documentation') {
      this.ignored.push(name);
      return;
    }
    if (source.error) this.refuse(name, source.error.line, source.error.message);
    this.classify(name, source);
  }

  private classify(name: string, source: SourceFile): void {
    const isTest = name.endsWith('_test.go');
    const isExternalTest = isTest && source.packageName.endsWith('_test') && source.packageName !== this.name;
    this.checkName(name, isExternalTest ? source.packageName.slice(0, -'_test'.length) : source.packageName);
    if (source.usesCgo && isTest) this.refuse(name, 1, 'use of cgo in test not supported');
    if (source.usesCgo && !isTest) {
      this.includeDirs.push(...this.cgoIncludeDirs(source));
      if (!this.matches('cgo')) {
        this.ignored.push(name);
        return;
      }
      this.cgo = true;
    }
    const kind = isExternalTest ? 'externalTest' : isTest ? 'test' : 'compiled';
    ({ compiled: this.files, test: this.tests, externalTest: this.externalTests })[kind].push(name);
    for (const path of source.imports) this.imports[kind].add(path);
    for (const pattern of source.embedPatterns) this.embeds[kind].add(pattern);
  }

  private checkName(file: string, packageName: string): void {
    if (this.name === '') {
      this.name = packageName;
      this.firstFile = file;
    } else if (packageName !== this.name) {
      this.refuse(
        file,
        1,
        `found packages ${this.name} (${this.firstFile}) and ${packageName} (${file}) in one directory`,
      );
    }
  }

  /** `-I` of `#cgo [goos/goarch …] CFLAGS: …` lines whose conditions hold. */
  private cgoIncludeDirs({ cgoLines }: SourceFile): string[] {
    return cgoLines.flatMap((line) => {
      const [, head = '', flags = ''] = /^([^:]*):(.*)$/.exec(line) ?? [];
      const conditions = head.trim().split(/\s+/);
      if (!/^C(PP|XX)?FLAGS$/.test(conditions.pop() ?? '')) return [];
      if (conditions.length > 0 && !conditions.some((condition) => this.holds(condition))) return [];
      return [...flags.matchAll(/(?:^|\s)['"]?-I([^\s'"]+)/g)].map(([, dir = '']) =>
        resolve(this.dir, dir.replaceAll('${SRCDIR}', this.dir)),
      );
    });
  }

  /** A condition of a `#cgo` line: tags with commas for and, or a whole expression. */
  private holds(condition: string): boolean {
    try {
      return evaluateConstraint(condition.replaceAll(',', ' && '), this.matches);
    } catch {
      return false;
    }
  }

  /** Go lists what it refuses as an invalid file of the package, and so as one that a build reads. */
  private refuse(file: string, line: number, message: string): void {
    this.error ??= { file, line, message };
    this.files.push(file);
  }

  private read(name: string): string | undefined {
    try {
      return this.textOf(name);
    } catch (error) {
      // A dangling link, say, or deleted since the directory was read.
      this.unreadable.set(name, `the file cannot be read: ${problemOf(error as NodeJS.ErrnoException)}`);
      return undefined;
    }
  }
}

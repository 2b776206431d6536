import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { posix } from 'node:path';

import { parseModFile } from '../../src/go/modules/mod-file.js';
import type { SourceFile } from '../../src/go/sources/source-file.js';

/** A directory with Go files that go looks at: not in vendor, testdata, or behind `_` or `.`. */
export interface ScannedPackage {
  readonly dir: string;
  /** Of the package clause most files have; empty when none can be read. */
  readonly name: string;
  /** Undefined where no module holds the directory. */
  readonly module: ScannedModule | undefined;
  readonly importPath: string;
  /** Paths of its Go files without tests, those that constraints exclude included. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** Paths of all other files in the directory. */
  readonly others: readonly string[];
}

export interface ScannedModule {
  readonly dir: string;
  readonly path: string;
}

/** All files of a workspace by path, and the Go packages and modules among them; every list is sorted. */
export interface Scan {
  readonly files: readonly string[];
  readonly modules: readonly ScannedModule[];
  readonly packages: readonly ScannedPackage[];
}

const SKIPPED = new Set(['.git', 'node_modules', '.nx']);

/** All regular files and links below `root`, without git's, npm's and Nx's own, and without the root's dist. */
export function listFiles(root: string): string[] {
  const files: string[] = [];
  const visit = (dir: string): void => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      const path = posix.join(dir, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && path !== 'dist') visit(path);
      } else if (isFile(entry)) files.push(path);
    }
  };
  visit('.');
  return files.sort();
}

/** How the files of a workspace are read. */
export interface Reader {
  read(path: string): string;
  parse(path: string): SourceFile;
}

/** Finds packages and modules by reading files alone: no go, no plugin. */
export function scan(files: readonly string[], reader: Reader): Scan {
  const modules = files
    .filter((file) => posix.basename(file) === 'go.mod')
    .map((file) => ({
      dir: posix.dirname(file),
      path: parseModFile(reader.read(file)).find(({ verb }) => verb === 'module')?.args[0] ?? '',
    }))
    .filter(({ dir }) => !isLeftOut(dir));
  const byDir = new Map<string, string[]>();
  for (const file of files) byDir.set(posix.dirname(file), [...(byDir.get(posix.dirname(file)) ?? []), file]);
  const packages = [...byDir]
    .filter(([dir, own]) => !isLeftOut(dir) && own.some(isGo))
    .map(([dir, own]) => scanPackage(dir, own, modules, reader));
  return { files, modules, packages: packages.sort((a, b) => (a.dir < b.dir ? -1 : 1)) };
}

function scanPackage(
  dir: string,
  own: readonly string[],
  modules: readonly ScannedModule[],
  reader: Reader,
): ScannedPackage {
  const module = moduleOf(dir, modules);
  const go = own.filter(isGo);
  const sources = go.filter((file) => !file.endsWith('_test.go'));
  const tests = go.filter((file) => file.endsWith('_test.go'));
  const names = sources.map((file) => reader.parse(file)).filter(isCompiled);
  const name = mostFrequent(names.map(({ packageName }) => packageName)) ?? externalName(tests, reader);
  const below = module && dir !== module.dir ? `/${posix.relative(module.dir, dir)}` : '';
  return {
    dir,
    name,
    module,
    importPath: module ? `${module.path}${below}` : '',
    sources,
    tests,
    others: own.filter((file) => !isGo(file)),
  };
}

function isCompiled({ packageName, constraint }: SourceFile): boolean {
  return packageName !== '' && constraint !== 'ignore';
}

function externalName(tests: readonly string[], reader: Reader): string {
  const [first] = tests;
  return first ? reader.parse(first).packageName.replace(/_test$/, '') : '';
}

function moduleOf(dir: string, modules: readonly ScannedModule[]): ScannedModule | undefined {
  const holders = modules.filter((module) => module.dir === '.' || `${dir}/`.startsWith(`${module.dir}/`));
  return holders.sort((a, b) => b.dir.length - a.dir.length)[0];
}

function mostFrequent(names: readonly string[]): string | undefined {
  const count = (name: string): number => names.filter((other) => other === name).length;
  return [...new Set(names)].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1))[0];
}

function isLeftOut(dir: string): boolean {
  return dir.split('/').some((name) => /^(_.*|\..+|vendor|testdata|node_modules)$/.test(name));
}

function isGo(file: string): boolean {
  return file.endsWith('.go') && !/^[._]/.test(posix.basename(file));
}

function isFile(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}

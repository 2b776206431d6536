import { posix } from 'node:path';

import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import type { ScannedPackage } from '../workspace/scan.js';
import { CHANGED, type Kind } from './kind.js';
import { anyLibrary, anyPackage, changeLine, isLibrary } from './places.js';

const LIBRARY =
  'package added\n\nimport "strconv"\n\n// Text is used by nobody yet.\nfunc Text(n int) string { return strconv.Itoa(n) }\n';

/** Packages added, deleted, renamed and moved. */
export const PACKAGES: readonly Kind[] = [
  {
    name: 'library added',
    weight: 1.5,
    apply(random, workspace) {
      const dir = newDirectory(workspace, anyPackage(random, workspace));
      if (!dir) return undefined;
      workspace.write(posix.join(dir, 'added.go'), LIBRARY);
      if (random.chance(0.5)) {
        const test = 'package added\n\nimport "testing"\n\nfunc TestText(t *testing.T) { t.Log(Text(1)) }\n';
        workspace.write(posix.join(dir, 'added_test.go'), test);
      }
      return CHANGED;
    },
  },
  {
    name: 'library added and imported',
    weight: 2,
    apply(random, workspace) {
      const importer = anyPackage(random, workspace, ({ name, sources }) => name !== '' && sources.length > 0);
      const module = importer?.module;
      if (!importer || !module) return undefined;
      workspace.write(
        posix.join(module.dir, workspace.fresh, 'added.go'),
        `${LIBRARY}\nfunc init() { println(Text(7)) }\n`,
      );
      const file = posix.join(importer.dir, `${workspace.fresh}.go`);
      workspace.write(file, `package ${importer.name}\n\nimport _ "${module.path}/${workspace.fresh}"\n`);
      return CHANGED;
    },
  },
  {
    name: 'main package added',
    weight: 1.5,
    apply(random, workspace) {
      const dir = newDirectory(workspace, anyPackage(random, workspace));
      if (!dir) return undefined;
      const library = anyLibrary(random, workspace);
      const imports = library?.module && random.chance(0.5) ? `import _ "${library.importPath}"\n\n` : '';
      workspace.write(posix.join(dir, 'main.go'), `package main\n\n${imports}func main() {}\n`);
      return CHANGED;
    },
  },
  {
    name: 'directory with only tests added',
    weight: 0.5,
    apply(random, workspace) {
      const dir = newDirectory(workspace, anyPackage(random, workspace));
      if (!dir) return undefined;
      const content = 'package only_test\n\nimport "testing"\n\nfunc TestNothing(*testing.T) {}\n';
      workspace.write(posix.join(dir, 'only_test.go'), content);
      return CHANGED;
    },
  },
  {
    name: 'directory with only ignored files added',
    weight: 0.5,
    apply(random, workspace) {
      const dir = newDirectory(workspace, anyPackage(random, workspace));
      if (!dir) return undefined;
      workspace.write(posix.join(dir, 'ignored.go'), '//go:build ignore\n\npackage ignored\n');
      return CHANGED;
    },
  },
  {
    name: 'package deleted',
    weight: 1.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      if (!pkg) return undefined;
      for (const file of [...pkg.sources, ...pkg.tests]) workspace.remove(file);
      return CHANGED;
    },
  },
  {
    name: 'package moved, with the imports of it',
    weight: 2,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, (candidate) => isLibrary(candidate) && canMove(candidate));
      if (!pkg?.module) return undefined;
      const to = posix.join(pkg.module.dir, workspace.fresh, posix.basename(pkg.dir));
      move(workspace, pkg, to);
      const path = `${pkg.module.path}/${workspace.fresh}/${posix.basename(pkg.dir)}`;
      replaceImports(workspace, pkg.importPath, path);
      return CHANGED;
    },
  },
  {
    name: 'package moved, imports left as they were',
    weight: 0.7,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, canMove);
      if (!pkg?.module) return undefined;
      move(workspace, pkg, posix.join(pkg.module.dir, workspace.fresh));
      return CHANGED;
    },
  },
  {
    name: 'package clause changed',
    weight: 0.7,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      const name = pkg.name !== 'main' && random.chance(0.3) ? 'main' : workspace.fresh;
      for (const file of [...pkg.sources, ...pkg.tests]) {
        const clause = new RegExp(`^package ${pkg.name}(?=\\W|_test|$)`);
        changeLine(
          random,
          workspace,
          file,
          (line) => clause.test(line),
          (line) => line.replace(clause, `package ${name}`),
        );
      }
      return CHANGED;
    },
  },
];

function newDirectory(workspace: MutableWorkspace, beside: ScannedPackage | undefined): string | undefined {
  if (!beside?.module) return undefined;
  const parent = beside.dir === beside.module.dir ? beside.dir : posix.dirname(beside.dir);
  return posix.join(parent, workspace.fresh);
}

function canMove({ dir, module }: ScannedPackage): boolean {
  return module !== undefined && dir !== module.dir;
}

/** Moves the package's own files and its testdata; packages below it stay. */
function move(workspace: MutableWorkspace, pkg: ScannedPackage, to: string): void {
  const testdata = workspace.files.filter((file) => file.startsWith(`${pkg.dir}/testdata/`));
  for (const file of [...pkg.sources, ...pkg.tests, ...pkg.others, ...testdata]) {
    workspace.rename(file, posix.join(to, posix.relative(pkg.dir, file)));
  }
}

function replaceImports(workspace: MutableWorkspace, from: string, to: string): void {
  for (const file of workspace.packages.flatMap(({ sources, tests }) => [...sources, ...tests])) {
    const text = workspace.read(file);
    if (text.includes(`"${from}"`)) workspace.write(file, text.replaceAll(`"${from}"`, `"${to}"`));
  }
}

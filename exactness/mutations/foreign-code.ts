import { posix } from 'node:path';

import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Kind } from './kind.js';
import { anyPackage, changeLine } from './places.js';

const NUMBER = /^(#define\s+\w+\s+)(\d+)\s*$/;

/** Assembly, C and headers. */
export const FOREIGN_CODE: readonly Kind[] = [
  {
    name: 'number in a header changed',
    weight: 2,
    apply(random, workspace) {
      const headers = ofKind(workspace, ['.h', '.hpp']).filter((file) =>
        new RegExp(NUMBER, 'm').test(workspace.read(file)),
      );
      const file = random.pick(headers);
      if (!file) return undefined;
      const change = (line: string): string =>
        line.replace(NUMBER, (_, start: string, n: string) => start + (Number(n) + 1));
      changeLine(random, workspace, file, (line) => NUMBER.test(line), change);
      return CHANGED;
    },
  },
  {
    name: 'comment in C or assembly',
    weight: 0.5,
    apply(random, workspace) {
      const file = random.pick(ofKind(workspace, ['.c', '.s', '.h']));
      if (!file) return undefined;
      workspace.append(file, `\n// ${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'C function added',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(ofKind(workspace, ['.c']));
      if (!file) return undefined;
      workspace.append(file, `\nint ${workspace.fresh}(int n) { return n + ${workspace.step}; }\n`);
      return CHANGED;
    },
  },
  {
    name: 'C file added to a package with cgo',
    weight: 1,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ sources }) => usesCgo(workspace, sources));
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.c`), `int ${workspace.fresh}(void) { return 1; }\n`);
      return CHANGED;
    },
  },
  {
    name: 'C file added to a package without cgo',
    weight: 0.4,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ sources }) => sources.length > 0 && !usesCgo(workspace, sources));
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.c`), `int ${workspace.fresh}(void) { return 1; }\n`);
      return CHANGED;
    },
  },
  {
    name: 'assembly instruction added',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(ofKind(workspace, ['.s']));
      if (!file) return undefined;
      const start = /^TEXT\b.*$/;
      return changeLine(
        random,
        workspace,
        file,
        (line) => start.test(line),
        (line) => `${line}\n\tNOP`,
      )
        ? CHANGED
        : undefined;
    },
  },
  {
    name: 'assembly file added',
    weight: 0.7,
    apply(random, workspace) {
      const pkg = anyPackage(
        random,
        workspace,
        ({ name, sources }) => name !== '' && sources.length > 0 && !usesCgo(workspace, sources),
      );
      if (!pkg) return undefined;
      const content = `#include "textflag.h"\n\nTEXT ·${workspace.fresh}(SB), NOSPLIT, $0-0\n\tRET\n`;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.s`), content);
      return CHANGED;
    },
  },
  {
    name: 'package made one with cgo',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name, sources }) => name !== '' && sources.length > 0);
      if (!pkg) return undefined;
      const content = `package ${pkg.name}\n\n// static int one(void) { return 1; }\nimport "C"\n\nfunc init() { println(int(C.one())) }\n`;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.go`), content);
      return CHANGED;
    },
  },
  {
    name: 'header added to a package of Go alone',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ tests, others }) => tests.length === 0 && others.length === 0);
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.h`), '#define ONE 1\n');
      return CHANGED;
    },
  },
];

function usesCgo(workspace: MutableWorkspace, sources: readonly string[]): boolean {
  return sources.some((file) => workspace.parse(file).usesCgo);
}

/** The workspace's C and assembly files, those of vendored packages and in testdata left out. */
function ofKind(workspace: MutableWorkspace, extensions: readonly string[]): string[] {
  return workspace.files.filter(
    (file) => extensions.includes(posix.extname(file)) && !/(^|\/)(vendor|testdata)\//.test(file),
  );
}

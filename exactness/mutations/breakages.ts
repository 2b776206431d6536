import { posix } from 'node:path';

import { CHANGED, type Kind } from './kind.js';
import { anyPackage, anySource, anyTest, changeLine, holds, isLibrary } from './places.js';

const FUNCTION = /^func .*\{$/;

/** Changes after which go cannot build what holds them, or that look as if it could not. */
export const BREAKAGES: readonly Kind[] = [
  brokenFunction('syntax error in a function', 'if if {'),
  brokenFunction('type error in a function', '_ = 1 + "a"'),
  {
    name: 'syntax error before the imports',
    weight: 0.7,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.write(file, workspace.read(file).replace(/^package (\w+)$/m, 'package $1 x'));
      return CHANGED;
    },
  },
  {
    name: 'merge conflict in a source',
    weight: 1,
    apply(random, workspace) {
      const file = random.chance(0.8) ? anySource(random, workspace) : anyTest(random, workspace);
      if (!file) return undefined;
      const text = workspace.read(file);
      workspace.write(file, `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> ${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'source without content',
    weight: 0.5,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.write(file, '');
      return CHANGED;
    },
  },
  {
    name: 'source that is no UTF-8',
    weight: 0.5,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.write(
        file,
        Buffer.concat([Buffer.from(workspace.read(file)), Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a])]),
      );
      return CHANGED;
    },
  },
  {
    name: 'two package names in a directory',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.go`), `package ${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'import cycle',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, isLibrary);
      if (!pkg?.module) return undefined;
      const { fresh } = workspace;
      const dir = posix.join(pkg.module.dir, fresh);
      workspace.write(`${dir}/cycle.go`, `package cycle\n\nimport _ "${pkg.importPath}"\n`);
      const file = posix.join(pkg.dir, `${fresh}.go`);
      workspace.write(file, `package ${pkg.name}\n\nimport _ "${pkg.module.path}/${fresh}"\n`);
      return CHANGED;
    },
  },
  {
    name: 'directory name that no import can have',
    weight: 0.3,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      if (!pkg?.module) return undefined;
      const name = random.pick([`with blank ${workspace.fresh}`, `größe-${workspace.fresh}`]) ?? '';
      workspace.write(posix.join(pkg.module.dir, name, 'main.go'), 'package main\n\nfunc main() {}\n');
      return CHANGED;
    },
  },
];

/** A statement that go cannot compile, at the beginning of a function. */
function brokenFunction(name: string, statement: string): Kind {
  return {
    name,
    weight: 1,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(FUNCTION, 'm')));
      if (!file) return undefined;
      const isFunction = (line: string): boolean => FUNCTION.test(line);
      changeLine(random, workspace, file, isFunction, (line) => `${line}\n\t${statement}`);
      return CHANGED;
    },
  };
}

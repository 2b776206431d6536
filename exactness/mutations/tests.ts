import { posix } from 'node:path';

import { CHANGED, type Kind } from './kind.js';
import { anyPackage, anyTest, isReadByNx } from './places.js';

/** Test files and what tests read. */
export const TESTS: readonly Kind[] = [
  {
    name: 'test file added',
    weight: 3,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      const name = random.chance(0.5) ? pkg.name : `${pkg.name}_test`;
      const content = `package ${name}\n\nimport "testing"\n\nfunc Test${workspace.fresh}(t *testing.T) { t.Log("added") }\n`;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}_test.go`), content);
      return CHANGED;
    },
  },
  {
    name: 'test file deleted',
    weight: 2,
    apply(random, workspace) {
      const file = anyTest(random, workspace);
      if (!file) return undefined;
      workspace.remove(file);
      return CHANGED;
    },
  },
  {
    name: 'test file renamed',
    weight: 1,
    apply(random, workspace) {
      const file = anyTest(random, workspace);
      if (!file) return undefined;
      workspace.rename(file, posix.join(posix.dirname(file), `${workspace.fresh}_test.go`));
      return CHANGED;
    },
  },
  {
    name: 'testdata added',
    weight: 2,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, 'testdata', `${workspace.fresh}.txt`), 'data\n');
      return CHANGED;
    },
  },
  {
    name: 'testdata changed or deleted',
    weight: 3,
    apply(random, workspace) {
      const file = random.pick(
        workspace.files.filter((path) => path.split('/').includes('testdata') && !isReadByNx(path)),
      );
      if (!file) return undefined;
      if (random.chance(0.3)) workspace.remove(file);
      else workspace.append(file, `${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'module in testdata added',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      if (!pkg) return undefined;
      const dir = posix.join(pkg.dir, 'testdata', workspace.fresh);
      workspace.write(posix.join(dir, 'go.mod'), `module example.com/${workspace.fresh}\n\ngo 1.24\n`);
      workspace.write(posix.join(dir, 'main.go'), 'package main\n\nfunc main() {}\n');
      return CHANGED;
    },
  },
  {
    name: 'file next to a test changed',
    weight: 1,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ tests, others }) => tests.length > 0 && others.length > 0);
      const file = random.pick((pkg?.others ?? []).filter((path) => !isReadByNx(path)));
      if (!file) return undefined;
      workspace.append(file, `${workspace.fresh}\n`);
      return CHANGED;
    },
  },
];

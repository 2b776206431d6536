import { chmodSync, statSync, utimesSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Kind } from './kind.js';
import { anyPackage, anySource } from './places.js';

/** Source files added, deleted, renamed and moved. */
export const FILES: readonly Kind[] = [
  {
    name: 'file added',
    weight: 5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      const content = `package ${pkg.name}\n\nfunc init() {\n\tprintln("${workspace.fresh}")\n}\n`;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.go`), content);
      return CHANGED;
    },
  },
  {
    name: 'file without declarations added',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.go`), `package ${pkg.name}\n`);
      return CHANGED;
    },
  },
  {
    name: 'file deleted',
    weight: 3,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.remove(file);
      return CHANGED;
    },
  },
  {
    name: 'file renamed',
    weight: 3,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.rename(file, posix.join(posix.dirname(file), `${workspace.fresh}.go`));
      return CHANGED;
    },
  },
  {
    name: 'file renamed by case only',
    weight: 0.5,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) => /^[a-z]/.test(posix.basename(path)));
      if (!file) return undefined;
      const name = posix.basename(file);
      const to = posix.join(posix.dirname(file), name.charAt(0).toUpperCase() + name.slice(1));
      if (workspace.exists(to)) return undefined;
      workspace.rename(file, to);
      return CHANGED;
    },
  },
  {
    name: 'file moved to another package',
    weight: 2,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      const to = anyPackage(random, workspace, ({ dir, name }) => name !== '' && dir !== posix.dirname(file ?? ''));
      if (!file || !to) return undefined;
      const target = posix.join(to.dir, posix.basename(file));
      if (workspace.exists(target)) return undefined;
      const text = workspace.read(file).replace(/^package \w+/m, `package ${to.name}`);
      workspace.rename(file, target);
      workspace.write(target, text);
      return CHANGED;
    },
  },
  {
    name: 'file copied within its package',
    weight: 0.5,
    apply(random, workspace) {
      const file = anySource(random, workspace);
      if (!file) return undefined;
      workspace.write(posix.join(posix.dirname(file), `${workspace.fresh}.go`), workspace.read(file));
      return CHANGED;
    },
  },
  {
    name: 'file that go ignores by its name',
    weight: 2,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name, tests }) => name !== '' && tests.length === 0);
      if (!pkg) return undefined;
      const name = random.pick([`_${workspace.fresh}.go`, `.${workspace.fresh}.go`, `${workspace.fresh}.go.txt`]) ?? '';
      workspace.write(posix.join(pkg.dir, name), `package ${pkg.name}\n\nfunc init() { println("never") }\n`);
      return CHANGED;
    },
  },
  {
    name: 'mode of a file',
    weight: 1,
    apply: (random, workspace) =>
      touch(random, workspace, (file) => chmodSync(file, (statSync(file).mode & 0o777) ^ 0o111)),
  },
  {
    name: 'time of a file',
    weight: 1,
    apply: (random, workspace) =>
      touch(random, workspace, (file) => utimesSync(file, 1_000_000_000, 1_000_000_000 + workspace.step)),
  },
];

function touch(
  random: Random,
  workspace: MutableWorkspace,
  change: (file: string) => void,
): typeof CHANGED | undefined {
  const path = anySource(random, workspace);
  if (!path) return undefined;
  change(join(workspace.root, path));
  workspace.record(path);
  return CHANGED;
}

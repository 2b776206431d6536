import { posix } from 'node:path';

import { CHANGED, type Kind } from './kind.js';
import { anyMain, anyPackage, anySource, anyTest, changeLine, holds } from './places.js';

const LINE = /^\/\/go:build .*$/m;
const SUFFIX = /_(aix|darwin|linux|windows|amd64|arm64)(?=\.go$)/;

/** Build constraints, in lines and in file names, and the files that they exclude. */
export const CONSTRAINTS: readonly Kind[] = [
  {
    name: 'constraint line added',
    weight: 3,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) => !LINE.test(workspace.read(path)));
      if (!file) return undefined;
      const expression = random.pick(['ignore', '!linux', 'linux', 'cgo', '!cgo', 'go1.21', 'unheard', '!unheard']);
      workspace.write(file, `//go:build ${expression}\n\n${workspace.read(file)}`);
      return CHANGED;
    },
  },
  {
    name: 'constraint line removed',
    weight: 1.5,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, LINE));
      if (!file) return undefined;
      workspace.write(file, workspace.read(file).replace(LINE, '').trimStart());
      return CHANGED;
    },
  },
  {
    name: 'constraint line changed',
    weight: 1,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, LINE));
      if (!file) return undefined;
      workspace.write(
        file,
        workspace.read(file).replace(LINE, (line) => `//go:build !(${line.slice(11)})`),
      );
      return CHANGED;
    },
  },
  {
    name: 'constraint line that cannot be read',
    weight: 0.3,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) => !LINE.test(workspace.read(path)));
      if (!file) return undefined;
      workspace.write(file, `//go:build linux &&\n\n${workspace.read(file)}`);
      return CHANGED;
    },
  },
  {
    name: 'constraint in a file name added',
    weight: 2,
    apply(random, workspace) {
      const file = random.chance(0.8) ? anySource(random, workspace) : anyTest(random, workspace);
      if (!file || SUFFIX.test(file)) return undefined;
      const suffix = random.pick(['windows', 'linux', 'darwin_arm64', 'amd64', 'arm64', 'unix', 'test']) ?? '';
      const to = file.replace(/(_test)?\.go$/, (_, test: string | undefined) => `_${suffix}${test ?? ''}.go`);
      if (workspace.exists(to)) return undefined;
      workspace.rename(file, to);
      return CHANGED;
    },
  },
  {
    name: 'constraint in a file name removed',
    weight: 1,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) => SUFFIX.test(path));
      if (!file) return undefined;
      const to = file.replace(SUFFIX, '');
      if (workspace.exists(to)) return undefined;
      workspace.rename(file, to);
      return CHANGED;
    },
  },
  {
    name: 'files for several platforms added',
    weight: 1.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name }) => name !== '');
      if (!pkg) return undefined;
      for (const platform of ['linux', 'windows', 'darwin']) {
        const content = `package ${pkg.name}\n\nfunc init() { println("${platform}") }\n`;
        workspace.write(posix.join(pkg.dir, `${workspace.fresh}_${platform}.go`), content);
      }
      return CHANGED;
    },
  },
  {
    name: 'file that its name excludes changed',
    weight: 2,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) =>
        /_(windows|darwin|plan9|js|wasip1|freebsd|s390x)(_\w+)?\.go$/.test(path),
      );
      if (!file) return undefined;
      workspace.append(file, `\nfunc init() { println("${workspace.fresh}") }\n`);
      return CHANGED;
    },
  },
  {
    name: 'file that a constraint line excludes changed',
    weight: 0.7,
    apply(random, workspace) {
      const file = anySource(
        random,
        workspace,
        holds(workspace, /^\/\/go:build (ignore|!linux|unheard|tools|windows)\s*$/m),
      );
      if (!file) return undefined;
      workspace.append(file, `\n// ${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'file with `ignore` added',
    weight: 0.7,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      if (!pkg) return undefined;
      const content = '//go:build ignore\n\npackage main\n\nfunc main() {}\n';
      workspace.write(posix.join(pkg.dir, `${workspace.fresh}.go`), content);
      return CHANGED;
    },
  },
  {
    name: '`//go:debug` line in a main package',
    weight: 1,
    apply(random, workspace) {
      const pkg = anyMain(random, workspace);
      const file = random.pick(pkg?.sources ?? []);
      if (!file) return undefined;
      const add = (line: string): string => `//go:debug panicnil=${random.below(2)}\n${line}`;
      return changeLine(random, workspace, file, (line) => line === 'package main', add) ? CHANGED : undefined;
    },
  },
];

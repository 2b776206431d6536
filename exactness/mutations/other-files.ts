import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

import { CHANGED, type Kind } from './kind.js';
import { anyMain, anyPackage, anySource, changeLine } from './places.js';

/** What is not Go: JavaScript, documents, lock files, configuration; and links and profiles. */
export const OTHER_FILES: readonly Kind[] = [
  {
    name: 'document changed',
    weight: 3,
    apply(random, workspace) {
      const file = random.pick(workspace.files.filter((path) => /\.(md|txt|rst)$/.test(path) && !isRead(path)));
      if (!file) return undefined;
      workspace.append(file, `\n${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'document added',
    weight: 2,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      workspace.write(posix.join(pkg?.dir ?? '.', `${workspace.fresh}.md`), '# new\n');
      return CHANGED;
    },
  },
  {
    name: 'JavaScript or style changed',
    weight: 3,
    apply(random, workspace) {
      const file = random.pick(
        workspace.files.filter((path) => /\.([cm]?[jt]sx?|css|html)$/.test(path) && !isRead(path)),
      );
      if (!file) return undefined;
      workspace.append(file, `/* ${workspace.fresh} */\n`);
      return CHANGED;
    },
  },
  {
    name: 'JavaScript project added',
    weight: 0.7,
    apply(_, workspace) {
      const { fresh } = workspace;
      workspace.write(`${fresh}/project.json`, `${JSON.stringify({ name: fresh, targets: {} }, null, 2)}\n`);
      workspace.write(`${fresh}/index.js`, 'export {};\n');
      return CHANGED;
    },
  },
  {
    name: 'npm lock file changed',
    weight: 0.5,
    apply(random, workspace) {
      const file = random.pick(workspace.files.filter((path) => posix.basename(path) === 'package-lock.json'));
      if (!file) return undefined;
      const version = /^(\s+"version": "\d+\.\d+\.)(\d+)(".*)$/;
      const bump = (line: string): string =>
        line.replace(
          version,
          (_, before: string, patch: string, after: string) => before + (Number(patch) + 1) + after,
        );
      return changeLine(random, workspace, file, (line) => version.test(line), bump) ? CHANGED : undefined;
    },
  },
  {
    name: '.gitignore changed',
    weight: 0.1,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace);
      const ignored = random.pick([`${workspace.fresh}.tmp`, `/${pkg?.sources[0] ?? ''}`]);
      workspace.append('.gitignore', `\n${ignored}\n`);
      return CHANGED;
    },
  },
  {
    name: 'tags in a project.json',
    weight: 0.3,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ dir }) => dir !== '.');
      const file = posix.join(pkg?.dir ?? '.', 'project.json');
      if (!pkg || workspace.exists(file)) return undefined;
      workspace.write(file, `${JSON.stringify({ tags: [workspace.fresh] }, null, 2)}\n`);
      return CHANGED;
    },
  },
  {
    name: 'options in a project.json',
    weight: 0.7,
    apply(random, workspace) {
      const pkg = anyMain(random, workspace);
      const file = posix.join(pkg?.dir ?? '.', 'project.json');
      if (!pkg || pkg.dir === '.' || workspace.exists(file)) return undefined;
      const options = random.pick([{ tags: ['unheard'] }, { ldflags: ['-s'] }, { cgo: false }, { goos: 'windows' }]);
      workspace.write(file, `${JSON.stringify({ targets: { build: { options } } }, null, 2)}\n`);
      return CHANGED;
    },
  },
  {
    name: 'project renamed in a project.json',
    weight: 0.5,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ dir }) => dir !== '.');
      const file = posix.join(pkg?.dir ?? '.', 'project.json');
      if (!pkg || workspace.exists(file)) return undefined;
      workspace.write(file, `${JSON.stringify({ name: workspace.fresh }, null, 2)}\n`);
      return CHANGED;
    },
  },
  {
    name: 'default.pgo in a directory',
    weight: 1,
    apply(random, workspace) {
      const pkg = random.chance(0.7) ? anyMain(random, workspace) : anyPackage(random, workspace);
      if (!pkg) return undefined;
      const file = posix.join(pkg.dir, 'default.pgo');
      if (workspace.exists(file) && random.chance(0.5)) workspace.remove(file);
      else workspace.write(file, random.chance(0.8) ? '' : 'no profile\n');
      return CHANGED;
    },
  },
  {
    name: 'file replaced by a link',
    weight: 0.7,
    apply(random, workspace) {
      const file = anySource(random, workspace, (path) => !workspace.isLink(path));
      if (!file) return undefined;
      const target = `${workspace.fresh}/linked.go.txt`;
      workspace.write(target, workspace.read(file));
      workspace.remove(file);
      link(workspace.root, file, posix.relative(posix.dirname(file), target));
      workspace.record(file);
      return CHANGED;
    },
  },
  {
    name: 'target of a link changed',
    weight: 0.7,
    apply(random, workspace) {
      const file = random.pick(workspace.files.filter((path) => path.endsWith('.go') && workspace.isLink(path)));
      if (!file) return undefined;
      workspace.append(file, `\nfunc init() { println("${workspace.fresh}") }\n`);
      return CHANGED;
    },
  },
];

/** Whether a test may read the file, or go embed it: other kinds change those. */
function isRead(path: string): boolean {
  return path.split('/').includes('testdata');
}

function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

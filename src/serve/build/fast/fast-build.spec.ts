import { readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';

import { GO_ENV, GoWorkspace } from '../../../../testing/executors/go-workspace.js';
import { statOf } from '../../../files.js';
import { FastBuild } from './fast-build.js';
import { record } from './record.js';

jest.setTimeout(300_000);

const MODULE = 'example.org/shop';
const MAIN = `${MODULE}/main`;
const FLAGS = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
const FILES = {
  'go.mod': `module ${MODULE}\n\ngo 1.24\n`,
  'money/money.go': 'package money\n\nfunc Name() string {\n\tprintln("a")\n\treturn "money"\n}\n',
  'order/order.go': `package order\n\nimport "${MODULE}/money"\n\nfunc Name() string { return money.Name() + "!" }\n`,
  'page/page.go': 'package page\n\nimport _ "embed"\n\n//go:embed page.txt\nvar Text string\n',
  'page/page.txt': 'page-1',
  'main/main.go': `package main\n\nimport (\n\t"${MODULE}/order"\n\t"${MODULE}/page"\n)\n\nfunc main() { println(order.Name(), page.Text) }\n`,
};

/** The go commands on this machine: the one on PATH, and toolchains that it has downloaded. */
function goCommands(): [version: string, path: string][] {
  const folder = join(process.env['GOMODCACHE'] ?? join(homedir(), 'go/pkg/mod'), 'golang.org');
  const downloaded = statOf(folder)?.isDirectory() ? readdirSync(folder) : [];
  const toolchains = downloaded.filter((name) => /^toolchain@v0\.0\.1-go1\.(2[4-9]|[3-9]\d)/.test(name));
  return [['on PATH', 'go'], ...toolchains.map((name): [string, string] => [name, join(folder, name, 'bin/go')])];
}

describe.each(goCommands())('go %s', (_, go) => {
  let workspace: GoWorkspace;
  let root: string;
  let build: FastBuild;
  beforeAll(() => {
    workspace = new GoWorkspace(FILES);
    root = realpathSync.native(workspace.root);
  });
  afterAll(() => {
    build.dispose();
    rmSync(workspace.root, { recursive: true });
  });

  const goBuild = (output: string, flags = FLAGS) =>
    execa(go, ['build', '-o', output, ...flags, './main'], { cwd: root, env: GO_ENV });
  const bytesOf = (name: string): Buffer => readFileSync(join(root, name));
  const recorded = async (flags = FLAGS) => {
    await goBuild('fast', flags);
    const mains = [{ importPath: MAIN, pattern: './main', output: join(root, 'fast') }];
    const recording = await record({ go: { path: go, version: '' }, cwd: root, env: GO_ENV, flags, mains });
    expect([...recording.refused]).toEqual([]);
    return new FastBuild(recording, { path: go, version: '' }, join(root, '.staging'));
  };
  const edit = (path: string, from: string, to: string): void => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(root, path), text.replace(from, to));
  };
  const madeFast = async (): Promise<string | undefined> => {
    expect(build.look([MAIN])).toBeUndefined();
    let problem: string | undefined;
    await build.build([MAIN], ({ needsGo }) => (problem = needsGo));
    return problem;
  };

  it('makes the bytes that go build makes, from edits that move what a package offers and edits that do not', async () => {
    build = await recorded();
    const edits = [
      ['money/money.go', 'println("a")', 'println("b")'],
      ['money/money.go', '"money"', '"cash"'],
      ['order/order.go', '"!"', '"?"'],
      ['money/money.go', 'return', '// Said.\n\treturn'],
      ['page/page.go', 'var Text string', 'var Text string\n\nfunc Long() bool { return len(Text) > 9 }'],
      ['main/main.go', 'println(', 'print('],
      ['money/money.go', 'func Name', 'func New() {}\n\nfunc Name'],
    ] as const;
    for (const [path, from, to] of edits) {
      edit(path, from, to);
      expect(await madeFast()).toBeUndefined();
      expect(build.isCurrent(MAIN)).toBe(true);
      await goBuild('plain');
      expect(bytesOf('fast').equals(bytesOf('plain'))).toBe(true);
    }
  });

  it('leaves a package that does not compile to go, and goes on when it does', async () => {
    edit('money/money.go', 'return', 'retrun');
    expect(await madeFast()).toBe(`${MODULE}/money does not compile in silence`);
    expect(build.isCurrent(MAIN)).toBe(false);
    edit('money/money.go', 'retrun', 'return');
    edit('order/order.go', '"?"', '"."');
    expect(await madeFast()).toBeUndefined();
    await goBuild('plain');
    expect(bytesOf('fast').equals(bytesOf('plain'))).toBe(true);
  });

  it.each([
    ['an import', 'main/main.go', 'import (', 'import (\n\t_ "os"'],
    ['an embedded file', 'page/page.txt', '1', '2'],
    ['a build constraint', 'order/order.go', 'package', '//go:build linux\n\npackage'],
    ['an embed pattern', 'page/page.go', '//go:embed page.txt', '//go:embed *.txt'],
  ])('leaves %s to go', async (_what, path, from, to) => {
    build.dispose();
    build = await recorded();
    edit(path, from, to);
    expect(build.look([MAIN])).toContain(`${path}: more than code that is compiled has changed`);
  });

  it('knows a package that more than the compiler makes, and a flag under which it would not do as go does', async () => {
    build.dispose();
    workspace.write({
      'money/add.s': 'TEXT ·add(SB), 4, $0\n\tRET\n',
      'money/add.go': 'package money\n\nfunc add()\n',
    });
    build = await recorded();
    edit('money/money.go', 'println("b")', 'println("c")');
    expect(build.look([MAIN])).toBe(`${MODULE}/money: more than the compiler makes it (asm)`);
    await expect(recorded([...FLAGS, '-cover'])).rejects.toThrow('the flag -cover is given');
  });

  it.each([[['-trimpath=false', '-buildvcs=false']], [['-gcflags=all=-N -l', '-ldflags=-X main.name=a -buildid=']]])(
    'makes the bytes that go build makes with %j',
    async (flags) => {
      build.dispose();
      rmSync(join(root, 'money/add.s'), { force: true });
      rmSync(join(root, 'money/add.go'), { force: true });
      build = await recorded(flags);
      edit('money/money.go', 'println("', 'println("x');
      expect(await madeFast()).toBeUndefined();
      await goBuild('plain', flags);
      expect(bytesOf('fast').equals(bytesOf('plain'))).toBe(true);
    },
  );
});

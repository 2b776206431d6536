import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { TargetFacts } from '../facts/target-facts.js';
import { graphOf } from '../../testing/listings/graph-of.js';

let root = '';
const before = { ...process.env };
beforeAll(() => {
  const settings = {
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GOENV: 'off',
    GOWORK: '',
    NX_GOPHER_TIMEOUT: '60',
  };
  Object.assign(process.env, settings);
});
afterAll(() => void (process.env = before));
beforeEach(() => void (root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-odd-')))));
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

interface Configuration {
  readonly metadata: { readonly gopher?: { readonly errors?: readonly string[] } };
  readonly targets: Readonly<
    Record<string, { readonly cache: boolean; readonly metadata: { readonly gopher: TargetFacts } } | undefined>
  >;
}

/** The projects of the graph, by directory. */
async function projects(): Promise<ReadonlyMap<string, Configuration>> {
  const [configurations] = JSON.parse(await graphOf(root)) as [[string, Configuration][]];
  return new Map(configurations);
}

const errorsOf = (graph: ReadonlyMap<string, Configuration>, dir: string): readonly string[] =>
  graph.get(dir)?.metadata.gopher?.errors ?? [];

const main = (...imports: string[]): string =>
  ['package main', ...imports.map((path) => `import _ "example.com/m/${path}"`), 'func main() {}', ''].join('\n\n');

// Windows has none of these.
const unlessWindows = process.platform === 'win32' ? describe.skip : describe;

unlessWindows('a package', () => {
  beforeEach(() => {
    write({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'good/main.go': main('lib'),
      'lib/lib.go': 'package lib\n',
      'bad/main.go': main('odd'),
      'odd/odd.go': 'package odd\n',
    });
  });

  const cgo = (): void => write({ 'odd/c.go': 'package odd\n\n// #include "odd.h"\nimport "C"\n' });

  it.each<[string, string, () => void]>([
    ['a named pipe', 'y.go', () => execFileSync('mkfifo', [join(root, 'odd/y.go')])],
    ['a named pipe for a test', 'y_test.go', () => execFileSync('mkfifo', [join(root, 'odd/y_test.go')])],
    ['a named pipe for a header', 'odd.h', () => (cgo(), execFileSync('mkfifo', [join(root, 'odd/odd.h')]))],
    ['a link to a device', 'z.go', () => symlinkSync('/dev/zero', join(root, 'odd/z.go'))],
    [
      'a link to a named pipe',
      'y.go',
      () => {
        execFileSync('mkfifo', [join(root, 'pipe')]);
        symlinkSync('../pipe', join(root, 'odd/y.go'));
      },
    ],
  ])(
    'with %s keeps go away, and is named; nothing that imports it is run',
    async (_, file, make) => {
      make();
      for (const graph of [await projects(), await projects()]) {
        expect(errorsOf(graph, 'odd')).toEqual([
          expect.stringMatching(new RegExp(`^odd/${file}: ${file} is a named pipe or a device`)),
        ]);
        const waiting = { odd: 'test', bad: 'build', '.': 'tidy' };
        for (const target of Object.entries(waiting).map(([dir, name]) => graph.get(dir)?.targets[name])) {
          expect(target?.metadata.gopher.clash).toContain(`odd/${file}`);
          expect(target?.cache).toBe(false);
        }
        const good = graph.get('good')?.targets['build'];
        expect([good?.cache, good?.metadata.gopher.clash]).toEqual([true, undefined]);
        expect(errorsOf(graph, 'lib')).toEqual([]);
      }
    },
    120_000,
  );

  it.each<[string, string, () => void]>([
    ['a dangling link', 'x.go', () => symlinkSync('nowhere.go', join(root, 'odd/x.go'))],
    [
      'links that lead in a circle',
      'a.go',
      () => {
        symlinkSync('b.go', join(root, 'odd/a.go'));
        symlinkSync('a.go', join(root, 'odd/b.go'));
      },
    ],
    ...(process.getuid?.() === 0
      ? []
      : [
          ['a file without permission', 'odd.go', () => chmodSync(join(root, 'odd/odd.go'), 0)] as [
            string,
            string,
            () => void,
          ],
        ]),
  ])(
    'with %s has the error that go has, and costs no other',
    async (_, file, make) => {
      make();
      for (const graph of [await projects(), await projects()]) {
        expect(errorsOf(graph, 'odd').join('\n')).toContain(`odd/${file}`);
        expect(errorsOf(graph, 'lib')).toEqual([]);
        expect(graph.get('good')?.targets['build']?.cache).toBe(true);
        expect(graph.get('bad')?.targets['build']).toBeDefined();
      }
    },
    120_000,
  );

  it('with a socket has the error that go has', async () => {
    const server = createServer().listen(join(root, 'odd/s.go'));
    await new Promise((done) => server.once('listening', done));
    const graph = await projects();
    server.close();
    expect(errorsOf(graph, 'odd').join('\n')).toContain('odd/s.go');
    expect(graph.get('good')?.targets['build']?.cache).toBe(true);
  }, 120_000);

  it('with a directory called x.go is as without it', async () => {
    mkdirSync(join(root, 'odd/x.go'));
    const graph = await projects();
    expect(errorsOf(graph, 'odd')).toEqual([]);
    expect(graph.get('bad')?.targets['build']?.cache).toBe(true);
  }, 120_000);
});

unlessWindows('a module', () => {
  const required = 'module example.com/m\n\ngo 1.24\n\nrequire example.com/gone v1.0.0\n';
  beforeEach(() => {
    write({
      'good/go.mod': 'module example.com/good\n\ngo 1.24\n',
      'good/main.go': 'package main\n\nfunc main() {}\n',
      'bad/go.mod': required,
      'bad/main.go': 'package main\n\nimport _ "example.com/gone"\n\nfunc main() {}\n',
    });
  });

  it.each<[string, () => void]>([
    [
      'a go.sum whose links lead in a circle',
      () => (symlinkSync('b', join(root, 'bad/go.sum')), symlinkSync('go.sum', join(root, 'bad/b'))),
    ],
    ['a go.sum that is a directory', () => mkdirSync(join(root, 'bad/go.sum'))],
    ['a go.sum that is a named pipe', () => execFileSync('mkfifo', [join(root, 'bad/go.sum')])],
    ['a go.work that is a directory', () => mkdirSync(join(root, 'go.work'))],
    [
      'a vendor directory whose modules.txt is a directory',
      () => mkdirSync(join(root, 'bad/vendor/modules.txt'), { recursive: true }),
    ],
  ])(
    'with %s costs no other',
    async (_, make) => {
      make();
      for (const graph of [await projects(), await projects()]) {
        const good = graph.get('good')?.targets['build'];
        expect([good?.cache, errorsOf(graph, 'good')]).toEqual([true, []]);
        expect(graph.get('bad')?.targets['build']).toBeDefined();
      }
    },
    120_000,
  );
});

it('takes directories with the names that all objects have for directories', async () => {
  const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
  write({
    'go.mod': 'module example.com/m\n\ngo 1.24\n',
    'app/main.go': main(...names, ...names.map((name) => `n/${name}`)),
    ...Object.fromEntries(
      names.flatMap((name) => ['x.go', 'x_test.go'].map((file) => [`n/${name}/${file}`, 'package x\n'])),
    ),
    ...Object.fromEntries(names.map((name) => [`${name}/x.go`, 'package x\n'])),
    ...Object.fromEntries(names.map((name) => [`${name}/x_test.go`, 'package x\n'])),
  });
  for (const text of [await graphOf(root), await graphOf(root)]) {
    const [configurations, , , edges] = JSON.parse(text) as [
      [string, Configuration][],
      0,
      0,
      { source: string; target: string }[],
    ];
    const graph = new Map(configurations);
    // Go leaves out directories that begin with an underscore.
    const taken = names.filter((name) => !name.startsWith('_')).map((name) => `n/${name}`);
    // Nx itself fails over a project whose root is one of the names.
    expect([...graph.keys()].sort()).toEqual(['.', 'app', ...taken].sort());
    expect(
      edges
        .filter(({ source }) => source === 'app')
        .map(({ target }) => target)
        .sort(),
    ).toEqual(expect.arrayContaining(taken));
    for (const name of taken) expect(Object.keys(graph.get(name)?.targets ?? {}).sort()).toEqual(['test', 'vet']);
  }
}, 120_000);

import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { digestOfFile } from '../../testing/truth/digests.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const library = (name: string, imported?: string): string =>
  `package ${name}\n\n${imported ? `import "example.org/w/lib/${imported}"\n\n` : ''}func F() int { return 1${imported ? ` + ${imported}.F()` : ''} }\n`;
const program = (imported: string): string =>
  `package main\n\nimport "example.org/w/lib/${imported}"\n\nfunc main() { println(${imported}.F()) }\n`;

/** What imports nothing of the standard library needs the runtime alone: it compiles in seconds. */
const LAYOUT: Layout = {
  name: 'warm',
  files: {
    'go.mod': goMod('example.org/w', '1.24'),
    'lib/leaf/leaf.go': library('leaf'),
    'lib/mid/mid.go': library('mid', 'leaf'),
    'lib/other/other.go': library('other'),
    'cmd/a/main.go': program('mid'),
    'cmd/b/main.go': program('other'),
  },
  mains: ['cmd/a', 'cmd/b'],
  tests: [],
};
const OF_LEAF = ['cmd/a', 'lib/leaf', 'lib/mid'].map((dir) => `example.org/w/${dir}`);

/** What `NX_GOPHER_STATISTICS` has a run write. */
interface Written {
  readonly requests: number;
  readonly packages: readonly { readonly importPath: string; readonly source: string }[];
}

let server: CacheServer;
let here: Workspace;
let there: Workspace;
const coldCaches: string[] = [];

beforeAll(async () => {
  server = await CacheServer.start();
  here = await Workspace.create(LAYOUT, NX_24, {
    nxJson: { namedInputs: { goSources: [] }, plugins: [{ plugin: 'nx-gopher', options: { warm: true } }] },
  });
  there = await here.copy();
});
beforeEach(() => server.forget());
afterAll(async () => {
  await server.stop();
  for (const one of [here, there]) one.dispose();
  for (const cache of coldCaches) rmSync(cache, { recursive: true, force: true });
});

/** An empty GOCACHE. */
function cold(): string {
  const cache = join(temporaryFolder('warm-caches'), `${process.pid}-${coldCaches.length}`);
  coldCaches.push(cache);
  return cache;
}

async function build(workspace: Workspace, goCache: string, settings: Readonly<Record<string, string>> = {}) {
  rmSync(workspace.path('dist'), { recursive: true, force: true });
  const named = { ...server.storeSettings, NX_GOPHER_STATISTICS: workspace.path('statistics.json') };
  rmSync(workspace.path('statistics.json'), { force: true });
  const result = await workspace.nx(['run-many', '-t', 'build', '--skip-nx-cache'], {
    ...named,
    GOCACHE: goCache,
    CI: 'true',
    ...settings,
  });
  const written = workspace.exists('statistics.json')
    ? (JSON.parse(workspace.text('statistics.json')) as Written)
    : undefined;
  const paths = (source: string) =>
    (written?.packages ?? []).flatMap((one) => (one.source === source ? [one.importPath] : [])).sort();
  const binaries = ['a', 'b'].map((name) => workspace.path(`dist/cmd/${name}/${name}`));
  return { ...result, written, paths, digests: () => binaries.map((binary) => digestOfFile(binary)) };
}

it('what one machine compiled, another one only links', async () => {
  const first = await build(here, cold());
  expect(first.output).toMatch(/nx-gopher: \d+ packages: 0 fetched, 0 there, \d+ compiled; .* MB up\./);
  expect(server.entries.size).toBe(first.written?.packages.length);
  const stored = server.entries.size;
  const second = await build(there, cold(), { NX_GOPHER_REMOTE: 'read' });
  expect(second.exitCode).toBe(0);
  expect(second.paths('compiled')).toEqual([]);
  expect(second.paths('fetched')).toEqual(first.paths('compiled'));
  expect(second.digests()).toEqual(first.digests());
  expect(second.written?.requests).toBe(stored);
});

it('after an edit it compiles the package and what imports it, and asks for no more than these', async () => {
  const cache = cold();
  await build(there, cache, { NX_GOPHER_REMOTE: 'read' });
  const stored = server.entries.size;
  server.forget();
  writeFiles(there.root, { 'lib/leaf/leaf.go': library('leaf').replace('1', '2') });
  const edited = await build(there, cache, { NX_GOPHER_REMOTE: 'read' });
  expect(edited.paths('compiled')).toEqual(OF_LEAF);
  expect(server.counts.asked).toBe(OF_LEAF.length);
  const onCold = await build(there, cold(), { NX_GOPHER_REMOTE: 'read' });
  expect(onCold.paths('compiled')).toEqual(OF_LEAF);
  expect(onCold.digests()).toEqual(edited.digests());
  expect(server.entries.size).toBe(stored);
  const without = await build(there, cold(), { NX_GOPHER_REMOTE: 'off' });
  expect(without.written).toBeUndefined();
  expect(without.digests()).toEqual(edited.digests());
  await there.reset();
});

it('a store that lies costs time, and a warning', async () => {
  const right = await build(here, cold(), { NX_GOPHER_REMOTE: 'read' });
  const bodies = [...server.entries.values()];
  server.fault = (response, entry) => {
    const lies = [
      bodies[0]!,
      entry.subarray(0, -5),
      Buffer.from(entry).fill(7, entry.length - 50),
      Buffer.from('<html>'),
    ];
    response.writeHead(200).end(lies[server.counts.found % lies.length]);
  };
  const lied = await build(here, cold(), { NX_GOPHER_REMOTE: 'read' });
  expect(lied.exitCode).toBe(0);
  expect(lied.output.match(/gave for a compiled package is not used/g)).toHaveLength(1);
  expect(lied.digests()).toEqual(right.digests());
});

it('a store that is not there costs a warning', async () => {
  writeFiles(here.root, { 'lib/leaf/leaf.go': library('leaf').replace('1', '3') });
  const { output, exitCode } = await build(here, coldCaches[0]!, { NX_GOPHER_STORE: 'http://127.0.0.1:9' });
  expect(exitCode).toBe(0);
  expect(output.match(/the store of compiled packages cannot be used: http:\/\/127.0.0.1:9/g)).toHaveLength(1);
});

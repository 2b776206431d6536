import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';

import { goSum, moduleProxy } from '../../../testing/module-proxy/proxy.js';
import { arrange } from '../discover.js';
import { loadWorkspace } from '../load.js';

jest.setTimeout(60_000);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-downloads-')));
const before = { ...process.env };
const FILES = {
  'go.mod': 'module example.com/m\n\ngo 1.24\n\nrequire example.org/money v1.0.0\n',
  'go.sum': goSum('example.org/money', 'v1.0.0'),
  'app/main.go': 'package main\n\nimport "example.org/money"\n\nfunc main() { println(money.Version()) }\n',
};

/** A proxy that answers all but what it is asked for the code of a module: then it never does. */
const silent = createServer(({ url = '' }, response) => {
  const file = join(moduleProxy().folder, url);
  if (url.endsWith('.zip')) return;
  response.writeHead(existsSync(file) ? 200 : 404).end(existsSync(file) ? readFileSync(file) : '');
});

beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    ...{ GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local', GOENV: 'off', GOWORK: '', GOSUMDB: 'off' },
    // The second is not asked: the first has the module.
    GOPROXY: `http://127.0.0.1:${(silent.address() as AddressInfo).port},https://someone:secret@proxy.example.org`,
    GOMODCACHE: join(root, '.modules'),
    NX_GOPHER_TIMEOUT: '8',
  });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => {
  process.env = before;
  silent.closeAllConnections();
  silent.close();
  rmSync(root, { recursive: true, force: true });
});

it('a module that go waits for is named while it does, and so is the proxy when the time is over', async () => {
  let printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((printed += String(text)), true));
  const manifests = ['go.mod', 'go.sum'];
  const workspace = loadWorkspace(root, arrange(manifests, ['app/main.go'], { include: [], exclude: [] }), manifests);
  const [group] = workspace.groups;
  if (!group) throw new Error('no module');
  const { failure, packages } = await workspace.list(group, {});
  expect(printed).toMatch(
    /^nx-gopher: go list of 1 packages in \.: 5 s so far, downloading example\.org\/money v1\.0\.0 \(module 1\)$/m,
  );
  expect(failure).toMatch(/^go list took longer than 8 s in .*It was downloading example\.org\/money v1\.0\.0: see /);
  expect(failure).toMatch(/see whether GOPROXY \(http:\/\/127\.0\.0\.1:\d+,https:\/\/…@proxy\.example\.org\) answers/);
  // The projects are there all the same.
  expect([...packages.values()].map(({ dir }) => dir)).toContain('app');
});

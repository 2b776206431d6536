import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { findGo } from '../process/command.js';
import { listPackages } from './list.js';
import { manifestsFromRoot } from './list-errors.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-errors-')));
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(() => {
  const files = {
    'm1/go.mod': 'module example.com/m1\n\ngo 1.24\n',
    'm1/open/a.go': '// A comment.\n\n//go:build (\n\npackage open\n',
    'm1/two/a.go': '//go:build a\n//go:build b\n\npackage two\n',
    'm1/import/a.go': 'package imports\n\nimport "nowhere.org/x"\n',
    'm2/go.mod': 'module example.com/m2\n\ngo 1.24\n\nfoo bar\n',
    'm2/a.go': 'package m2\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});

const list = async (module: string, dir: string) =>
  listPackages(await findGo(root), {
    workspaceRoot: root,
    cwd: join(root, module),
    env: { GOWORK: 'off', GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local' },
    options: {},
    dirs: [dir],
    tests: true,
    vendor: false,
    timeout: 60_000,
  });

it.each([
  ['open', 'm1/open/a.go:3', 'parsing //go:build line: '],
  ['two', 'm1/two/a.go:2', 'multiple //go:build comments'],
  ['import', 'm1/import/a.go:3:8', 'nowhere.org/x'],
])('says where the error of the package %s is, from the root of the workspace', async (dir, position, message) => {
  const errors = [...(await list('m1', dir)).values()].flatMap((pkg) => pkg.errors);
  expect(errors).toEqual([{ position, message: expect.stringContaining(message) }]);
});

it("names a member's go.mod from the root of the workspace", async () => {
  await expect(list('m2', '.')).rejects.toThrow(/^m2\/go\.mod:5: unknown directive: foo$/m);
});

it.each([
  ['go: errors parsing go.mod:\ngo.mod:4: unknown', 'a/b', 'go: errors parsing a/b/go.mod:\na/b/go.mod:4: unknown'],
  ['errors parsing ../m/go.mod:\n../m/go.mod:5: x', 'w', 'errors parsing m/go.mod:\nm/go.mod:5: x'],
  ['/abs/go.mod:1: x', 'w', '/abs/go.mod:1: x'],
  ['updates to go.mod needed', 'w', 'updates to go.mod needed'],
])('%j in %s is %j', (message, cwd, expected) => expect(manifestsFromRoot(message, cwd)).toBe(expected));

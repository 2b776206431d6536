import { chmodSync, cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { WEB } from '../../testing/layouts/javascript.js';
import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { VENDORED } from '../../testing/layouts/vendored.js';
import { measure, measureAfresh, type Measurement } from '../../testing/measuring/measure.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/**
 *     cmd/pay     an external module
 *     cmd/plain   a file under the tag fancy, nothing external
 *     later       a module whose go directive is newer than any toolchain
 *     switched    a module whose toolchain directive is
 */
const ENVIRONMENTS: Layout = {
  name: 'environments',
  mains: ['cmd/pay', 'cmd/plain', 'later', 'switched'],
  tests: [],
  files: {
    ...WEB,
    'go.mod': goMod('example.org/shop', '1.24.0', ['example.org/money v1.0.0']),
    'go.sum': goSum('example.org/money', 'v1.0.0'),
    'cmd/pay/main.go': mainPrinting(['example.org/money'], 'money.Version()'),
    'cmd/plain/main.go': mainPrinting([], '"plain"'),
    'cmd/plain/fancy.go':
      '//go:build fancy\n\npackage main\n\nimport "os"\n\nfunc init() { os.Stdout.WriteString("fancy ") }\n',
    'later/go.mod': goMod('example.org/later', '1.99.0'),
    'later/main.go': mainPrinting([], '"later"'),
    'switched/go.mod': goMod('example.org/switched', '1.24.0', [], '\ntoolchain go1.99.0\n'),
    'switched/main.go': mainPrinting([], '"switched"'),
  },
};

const emptyFolder = (): string => mkdtempSync(join(temporaryFolder('environments'), 'folder-'));

/** GOENV naming a file with what `go env -w` would have written. */
function written(...lines: string[]): { readonly GOENV: string; readonly GOFLAGS: undefined } {
  const file = join(emptyFolder(), 'env');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return { GOENV: file, GOFLAGS: undefined };
}

const hashes = ({ tasks }: Measurement): Record<string, string> =>
  Object.fromEntries(Object.entries(tasks).map(([task, { hash }]) => [task, hash]));

describe('an environment', () => {
  let workspace: Workspace;
  let before: Measurement;
  beforeAll(async () => {
    workspace = await Workspace.create(ENVIRONMENTS, NX_24);
    before = await measure(workspace);
  });
  afterAll(() => workspace?.dispose());

  const buildAll = async (settings = {}) => {
    const args = ['run-many', '-t', 'build', '--nxBail=false', '--skip-nx-cache'];
    const { output } = await workspace.nx(args, settings);
    return { output, failed: tasksThat('failed', taskEnds(output)) };
  };

  it('whose go is older than a go directive keeps all projects, and fails that module with what go says', async () => {
    expect(Object.keys(before.projects)).toEqual(expect.arrayContaining([...ENVIRONMENTS.mains, 'web']));
    const { output, failed } = await buildAll();
    expect(failed).toEqual(['later:build']);
    expect(output).toMatch(/go\.mod requires go >= 1\.99\.0 \(running go \S+; GOTOOLCHAIN=local\)/);
  });

  it('without network that would have to download a toolchain fails the modules that ask for it', async () => {
    const { output, failed } = await buildAll({ GOTOOLCHAIN: 'auto', GOPROXY: 'off' });
    expect(failed).toEqual(['later:build', 'switched:build']);
    expect(output).toMatch(/go1\.99\.0.*(not available|GOPROXY=off)/);
  });

  it('that go env -w wrote is the same as one of variables', async () => {
    const variable = await measure(workspace, { GOFLAGS: '-tags=fancy' });
    expect(hashes(variable)).not.toEqual(hashes(before));
    const file = written('GOFLAGS=-tags=fancy');
    expect(hashes(await measure(workspace, file))).toEqual(hashes(variable));
    expect((await workspace.nx(['build', 'cmd/plain'], file)).exitCode).toBe(0);
    const { stdout } = await mustRun(workspace.path('dist/cmd/plain/plain'), [], workspace.root, environment());
    expect(stdout).toBe('fancy plain');
  });

  it('without network and without modules keeps all projects; what needs none builds, the rest says what is missing', async () => {
    const settings = { GOPROXY: 'off', GOMODCACHE: emptyFolder() };
    const { projects, edges } = await measureAfresh(workspace, settings);
    expect({ projects, edges }).toEqual({ projects: before.projects, edges: before.edges });
    const { output, failed } = await buildAll(settings);
    expect(failed).toEqual(['cmd/pay:build', 'later:build']);
    expect(output).toMatch(/cmd\/pay\/main\.go:5:2: module lookup disabled by GOPROXY=off/);
  });

  it('with an empty module cache, or one that cannot be written, has the same hashes', async () => {
    expect(hashes(await measureAfresh(workspace, { GOMODCACHE: emptyFolder() }))).toEqual(hashes(before));
    const readOnly = join(emptyFolder(), 'modules');
    cpSync(environment()['GOMODCACHE'] ?? '', readOnly, { recursive: true });
    for (const entry of readdirSync(readOnly, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o555);
    }
    const settings = { GOMODCACHE: readOnly, GOPROXY: 'off' };
    expect(hashes(await measureAfresh(workspace, settings))).toEqual(hashes(before));
    expect((await buildAll(settings)).failed).toEqual(['later:build']);
  });
});

it('-mod counts for a vendored module wherever it is set', async () => {
  const workspace = await Workspace.create(VENDORED, NX_24);
  try {
    for (const flag of ['-mod=mod', '-mod=vendor']) {
      const [variable, file] = [
        await measureAfresh(workspace, { GOFLAGS: flag }),
        await measureAfresh(workspace, written(`GOFLAGS=${flag}`)),
      ];
      expect(file.tasks).toEqual(variable.tasks);
      const parts = Object.keys(variable.tasks['cmd/pay:build']?.parts ?? {});
      expect({ flag, vendor: parts.some((part) => part.includes('vendor/')) }).toEqual({
        flag,
        vendor: flag === '-mod=vendor',
      });
    }
    const built = await workspace.nx(['run-many', '-t', 'build'], { GOFLAGS: '-mod=vendor' });
    expect(tasksThat('ran', taskEnds(built.output))).toEqual(VENDORED.mains.map((main) => `${main}:build`).sort());
  } finally {
    workspace.dispose();
  }
});

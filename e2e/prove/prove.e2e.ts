import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { Report } from '../../exactness/report/record.js';
import { goMod, goTest, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import type { Settings } from '../../testing/measuring/measure.js';
import { run, type CommandResult } from '../../testing/workspace/command.js';
import { NX_23, NX_24, type NxVersion } from '../../testing/workspace/nx-versions.js';
import { pathWithoutGo } from '../../testing/workspace/path-without-go.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(600_000);

const SHOP: Layout = {
  name: 'shop',
  files: {
    'go.mod': goMod('example.org/shop', '1.24'),
    'cmd/orders/main.go': mainPrinting(['example.org/shop/price'], 'price.Text()'),
    'cmd/ping/main.go': mainPrinting([], '"pong"'),
    'price/price.go': 'package price\n\n// Text is a price.\nfunc Text() string {\n\treturn "one euro"\n}\n',
    'price/price_test.go': goTest('price', [], 'Text() != ""'),
  },
  mains: ['cmd/orders', 'cmd/ping'],
  tests: ['price'],
};

/** A plugin that is the installed one, but for the inputs of builds: all that stands for sources is dropped. */
const WITHOUT_SOURCES = `
import * as plugin from './whole.js';
export * from './whole.js';
const [glob, createNodes] = plugin.createNodesV2 ?? plugin.createNodes;
const dropped = ({ inputs, ...build }) => ({
  ...build,
  inputs: inputs.filter((input) => input.externalDependencies || input.runtime || input.env),
});
const nodes = [glob, async (...args) =>
  (await createNodes(...args)).map(([file, { projects, ...rest }]) => [file, {
    ...rest,
    projects: Object.fromEntries(Object.entries(projects).map(([root, project]) => [root, project.targets?.build
      ? { ...project, targets: { ...project.targets, build: dropped(project.targets.build) } }
      : project])),
  }])];
export { nodes as createNodes, nodes as createNodesV2 };
export default { ...plugin.default, createNodes: nodes, createNodesV2: nodes };
`;

function prove(workspace: Workspace, args: readonly string[], settings: Settings = {}): Promise<CommandResult> {
  const env = workspace.environment({ TMPDIR: temporaryFolder('prove'), ...settings });
  return run(workspace.path('node_modules/.bin/nx-gopher'), ['prove', ...args], workspace.root, env);
}

describe.each([NX_24, NX_23])('nx-gopher prove on Nx $nx', (version: NxVersion) => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(SHOP, version);
  });
  afterAll(() => workspace?.dispose());

  it('finds no fault, and leaves the workspace as it is', async () => {
    writeFileSync(workspace.path('notes.txt'), 'not committed\n');
    const report = join(temporaryFolder('reports'), `${process.pid}-${version.nx}.json`);
    const { exitCode, output } = await prove(workspace, ['--mutations', '20', '--seed', '1', '--report', report]);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('NOTHING STALE, MISSED OR UNEQUAL'),
    });
    expect(output).toContain('It has 1 uncommitted files');
    const { totals, complete } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    expect({ complete, ...totals }).toMatchObject({ complete: true, mutations: 20, stale: 0, missed: 0, unequal: 0 });
    expect(totals.pairs).toBeGreaterThan(20);
    expect((await workspace.git('status', '--porcelain')).stdout).toBe('?? notes.txt');
    expect(workspace.exists('.nx')).toBe(false);
  });
});

describe('nx-gopher prove', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(SHOP, NX_24);
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  describe('with a plugin whose builds lack their sources', () => {
    beforeAll(() => {
      const entry = workspace.path('node_modules/nx-gopher/dist/index.js');
      renameSync(entry, workspace.path('node_modules/nx-gopher/dist/whole.js'));
      writeFileSync(entry, WITHOUT_SOURCES);
    });
    afterAll(() => {
      const entry = workspace.path('node_modules/nx-gopher/dist/index.js');
      rmSync(entry);
      renameSync(workspace.path('node_modules/nx-gopher/dist/whole.js'), entry);
    });

    it('calls builds stale', async () => {
      const { exitCode, output } = await prove(workspace, ['--mutations', '20', '--seed', '1']);
      expect({ exitCode, output }).toEqual({
        exitCode: 1,
        output: expect.stringMatching(/^ {2}\d+ stale: go builds/m),
      });
      expect(output).toMatch(/STALE cmd\/\w+:build: no part moved/);
      expect(output).toContain('again: npx nx-gopher prove --seed 1 --only 1 --jobs 1 --keep');
    });

    it('stops at the first fault and keeps the copy', async () => {
      const { exitCode, output } = await prove(workspace, ['--mutations', '20', '--seed', '1', '--keep']);
      const [, kept = ''] = /^ {2}kept: (.*)$/m.exec(output) ?? [];
      expect({ exitCode, isThere: existsSync(join(kept, 'go.mod')), output }).toMatchObject({
        exitCode: 1,
        isThere: true,
      });
      expect(output.match(/^ {2}again: /gm)).toHaveLength(1);
      rmSync(kept, { recursive: true });
    });
  });

  it.each<[string, () => Promise<Settings> | Settings, string]>([
    [
      'a plugin that nx.json does not name',
      () => {
        writeFileSync(workspace.path('nx.json'), '{}\n');
        return {};
      },
      'does not name nx-gopher among its "plugins"',
    ],
    ['go that is missing', async () => ({ PATH: await pathWithoutGo() }), 'go cannot be started. Install Go'],
    [
      'no Go package',
      () => {
        for (const dir of ['cmd', 'price']) rmSync(workspace.path(dir), { recursive: true });
        return {};
      },
      'no build and no test is inferred in workspace',
    ],
    [
      'no repository of git',
      () => {
        renameSync(workspace.path('.git'), workspace.path('.git-elsewhere'));
        return {};
      },
      'run `git init` there first',
    ],
  ])('says what is wrong with %s', async (_, change, message) => {
    const settings = await change();
    const { exitCode, output } = await prove(workspace, ['--mutations', '1'], settings);
    if (workspace.exists('.git-elsewhere')) renameSync(workspace.path('.git-elsewhere'), workspace.path('.git'));
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining(message) });
  });
});

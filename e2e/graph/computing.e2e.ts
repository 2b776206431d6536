import { mkdirSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { pathWithoutGo } from '../../testing/workspace/path-without-go.js';
import { RecordingGo } from '../../testing/workspace/recording-go.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const SHOW = ['show', 'projects', '--json'];

describe('computing the graph', () => {
  let workspace: Workspace;
  let projects: string[];
  const shown = async (settings = {}): Promise<string[]> =>
    (JSON.parse((await workspace.nx(SHOW, settings)).stdout) as string[]).sort();

  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, NX_24, { pluginWorkers: true });
    // Many npm packages carry Go code; nobody wants it in the graph.
    const golang = workspace.path('node_modules/flatted/golang/pkg/flatted');
    mkdirSync(golang, { recursive: true });
    writeFiles(golang, { 'flatted.go': 'package flatted\n' });
    projects = await shown();
  });
  afterAll(() => workspace?.dispose());
  afterEach(() => workspace.reset());

  it('gives every package a project named by its path, and nothing of node_modules, vendor or testdata', () => {
    const directories = Object.keys(SINGLE_MODULE.files)
      .filter((path) => path.endsWith('.go'))
      .map((path) => path.slice(0, path.lastIndexOf('/')));
    expect(projects).toEqual([...new Set([...directories, 'shop', 'web'])].sort());
  });

  it('calls go list once, and again only when an import or a manifest changes', async () => {
    const go = await RecordingGo.create();
    await shown(go.settings);
    expect(go.calls()).toContain('list');
    await shown(go.settings);
    expect(go.calls()).not.toContain('list');
    replaceText(workspace.root, 'lib/price/round.go', '"many"', '"a lot"');
    await shown(go.settings);
    expect(go.calls()).not.toContain('list');
    writeFiles(workspace.root, { 'lib/price/zone.go': 'package price\n\nimport _ "example.org/shop/lib/clock"\n' });
    await shown(go.settings);
    expect(go.calls()).toContain('list');
  });

  it('writes nothing into the workspace', async () => {
    await workspace.nx(['reset']);
    await shown();
    expect((await workspace.git('status', '--porcelain')).stdout).toBe('');
  });

  it('writes nothing even when GOFLAGS=-mod=mod tells go to mend go.mod and go.sum', async () => {
    replaceText(workspace.root, 'go.mod', '\texample.org/letters v1.0.0\n', '');
    replaceText(workspace.root, 'go.sum', goSum('example.org/money', 'v1.0.0'), '');
    const before = ['go.mod', 'go.sum'].map((file) => workspace.text(file));
    expect(await shown({ GOFLAGS: '-mod=mod' })).toEqual(projects);
    expect(['go.mod', 'go.sum'].map((file) => workspace.text(file))).toEqual(before);
  });

  it('names file and line of a package with a syntax error, and keeps every project and task', async () => {
    const targets = await targetsOf('lib/price');
    replaceText(workspace.root, 'lib/price/price.go', 'import "example.org/money"', 'import "example.org/money');
    const { stdout, stderr, exitCode } = await workspace.nx(SHOW);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('lib/price/price.go:3:8');
    expect((JSON.parse(stdout) as string[]).sort()).toEqual(projects);
    expect(await targetsOf('lib/price')).toEqual(targets);
  });

  it('keeps every project when a module as a whole cannot be loaded', async () => {
    replaceText(workspace.root, 'go.mod', 'go 1.24.0', 'go 1.24.0\n\nnonsense');
    const { stdout, stderr, exitCode } = await workspace.nx(SHOW);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('go.mod:5');
    expect((JSON.parse(stdout) as string[]).sort()).toEqual(projects);
  });

  it('is without Go projects when NX_GOPHER_DISABLE says so, and calls no go', async () => {
    const go = await RecordingGo.create();
    expect(await shown({ ...go.settings, NX_GOPHER_DISABLE: 'true' })).toEqual(['web']);
    expect(go.calls()).toEqual([]);
  });

  it('works where Go is not installed: other projects build, and a Go task fails with one clear line', async () => {
    const PATH = await pathWithoutGo();
    expect(await shown({ PATH })).toEqual(projects);
    expect((await workspace.nx(['build', 'web'], { PATH })).exitCode).toBe(0);
    const { exitCode, output } = await workspace.nx(['build', 'services/orders'], { PATH });
    expect(exitCode).not.toBe(0);
    expect(output).toContain('The go command was not found on PATH');
  });

  async function targetsOf(project: string): Promise<string[]> {
    const { stdout } = await workspace.nx(['show', 'project', project, '--json']);
    return Object.keys((JSON.parse(stdout) as { targets: object }).targets).sort();
  }
});

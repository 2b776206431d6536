import type { ProjectGraph } from '@nx/devkit';
import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './input-plans.js';
import type { DeclaredInputs } from './input-plans.js';

const workspace = new GoWorkspace({
  'nx.json': '{ "namedInputs": { "notes": ["{projectRoot}/*.md"] } }',
  '.gitignore': '*_gen.go\n',
  'app/main.go': '',
  'app/made_gen.go': '',
  'app/main_test.go': '',
  'app/NOTES.md': '',
  'lib/lib.go': '',
  'lib/README.md': '',
});
afterAll(() => workspace.remove());

const inputs = [
  '{projectRoot}/*.go',
  '!{projectRoot}/*_test.go',
  'notes',
  { input: 'sources', projects: ['lib'] },
  { fileset: '{projectRoot}/*_gen.go', includeIgnored: true },
  { env: 'GOFLAGS' },
  { runtime: 'go env GOOS' },
];
const walk = { inputs: ['^sources'] };
const build = { executor: 'x:y', inputs, configurations: { small: {} } };
const graph = {
  nodes: {
    app: { name: 'app', type: 'app', data: { root: 'app', targets: { build, walk } } },
    lib: { name: 'lib', type: 'lib', data: { root: 'lib', namedInputs: { sources: ['{projectRoot}/*.go'] } } },
  },
  dependencies: { app: [{ source: 'app', target: 'lib', type: 'implicit' }], lib: [] },
} satisfies ProjectGraph;

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it.each([
    [{ project: 'app', target: 'build' }, 'app:build'],
    [{ project: 'app', target: 'build', configuration: 'small' }, 'app:build:small'],
  ])('names what is in the hash of %j', async (target, id) => {
    const plan = await nx.run(
      workspace.root,
      'input-plans',
      async (file: typeof door, root: string, of: ProjectGraph, asked: typeof target, taskId: string) =>
        (await file.InputPlans.create(of, root)).planOf(asked, taskId),
      workspace.root,
      graph as ProjectGraph,
      target,
      id,
    );
    const files = plan?.files.filter((file) => /^(app|lib)\//.test(file));
    expect(files?.sort()).toEqual(['app/NOTES.md', 'app/made_gen.go', 'app/main.go', 'lib/lib.go']);
    expect(plan?.environment).toContain('GOFLAGS');
    expect(plan?.runtime).toEqual(['go env GOOS']);
    expect(plan?.depOutputs).toEqual([]);
  });

  it('names the files in the hashes of a target, those that git ignores too', async () => {
    const files = await nx.run(
      workspace.root,
      'input-plans',
      async (file: typeof door, root: string, of: ProjectGraph) => [
        ...(await file.InputPlans.create(of, root)).filesOf('build', ['app']),
      ],
      workspace.root,
      graph as ProjectGraph,
    );
    const own = files.filter((file) => /^(app|lib)\//.test(file));
    expect(own.sort()).toEqual(['app/NOTES.md', 'app/made_gen.go', 'app/main.go', 'lib/lib.go']);
  });

  it('knows nothing of a task that is not there', async () => {
    const plan = await nx.run(
      workspace.root,
      'input-plans',
      async (file: typeof door, root: string, of: ProjectGraph) =>
        (await file.InputPlans.create(of, root)).planOf({ project: 'app', target: 'build' }, 'app:other') ?? 'none',
      workspace.root,
      graph as ProjectGraph,
    );
    expect(plan).toBe('none');
  });

  it('resolves the named inputs that a target declares, those of other projects too', async () => {
    const [[own, others], [, walked]] = (await nx.run(
      workspace.root,
      'input-plans',
      async (file: typeof door, root: string, of: ProjectGraph) => {
        const plans = await file.InputPlans.create(of, root);
        return ['build', 'walk'].map((target) => plans.declaredInputs({ project: 'app', target }));
      },
      workspace.root,
      graph as ProjectGraph,
    )) as [DeclaredInputs[], DeclaredInputs[]];
    expect(walked).toEqual(others);
    const filesets = ['{projectRoot}/*.go', '!{projectRoot}/*_test.go', '{projectRoot}/*.md'];
    expect(own?.root).toBe('app');
    expect(own?.inputs).toEqual(expect.arrayContaining(filesets.map((fileset) => ({ fileset }))));
    expect(others).toEqual({ root: 'lib', inputs: [{ fileset: '{projectRoot}/*.go' }] });
  });
});

import type { NxJsonConfiguration, ProjectGraph } from '@nx/devkit';
import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import { NX_23 } from '../../testing/workspace/nx-versions.js';
import type * as plans from './input-plans.js';
import type * as door from './selection.js';

const workspace = new GoWorkspace({
  'nx.json': '{ "namedInputs": { "sources": [] } }',
  ...{ 'app/x.go': '', 'a/x.go': '', 'b/x.go': '', 'c/x.go': '', 'web/x.go': '' },
});
afterAll(() => workspace.remove());

const project = (name: string, namedInputs: object) => ({ name, type: 'lib', data: { root: name, ...namedInputs } });
const GO = { namedInputs: { sources: ['{projectRoot}/*.go'] } };
const inputs = [
  { input: 'sources', projects: ['a'] },
  { input: 'sources', projects: ['a'], dependencies: true },
  { externalDependencies: [] },
];
const graph = {
  nodes: {
    app: { name: 'app', type: 'app', data: { root: 'app', targets: { build: { executor: 'x:y', inputs } } } },
    ...{ a: project('a', GO), b: project('b', GO), c: project('c', GO), web: project('web', {}) },
  },
  dependencies: Object.fromEntries(
    Object.entries({ app: ['web'], a: ['b', 'web'], b: ['c'], c: ['b'], web: ['c'] }).map(([source, targets]) => [
      source,
      targets.map((target) => ({ source, target, type: 'implicit' })),
    ]),
  ),
} as unknown as ProjectGraph;

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  const isOld = nx.version === NX_23.nx;

  it.each<[NxJsonConfiguration, NodeJS.ProcessEnv, boolean]>([
    [{}, {}, true],
    [{ affected: { legacy: true } }, {}, false],
    [{ affected: { legacy: true } }, { NX_LEGACY_AFFECTED: 'false' }, true],
    [{}, { NX_LEGACY_AFFECTED: 'true' }, false],
  ])('with %j and %j it selects tasks: %s, before Nx 24 never', async (nxJson, env, expected) => {
    const ask = (file: typeof door, json: NxJsonConfiguration, variables: NodeJS.ProcessEnv): boolean =>
      file.selectsTasks(json, variables);
    expect(await nx.run(workspace.root, 'selection', ask, nxJson, env)).toBe(expected && !isOld);
  });

  it('follows the edges of projects in an input where it selects tasks', async () => {
    const plan = await nx.run(
      workspace.root,
      'input-plans',
      async (file: typeof plans, root: string, of: ProjectGraph) =>
        (await file.InputPlans.create(of, root)).planOf({ project: 'app', target: 'build' }, 'app:build'),
      workspace.root,
      graph,
    );
    const files = plan?.files.filter((file) => file.endsWith('.go')).sort();
    expect(files).toEqual(isOld ? ['a/x.go'] : ['a/x.go', 'b/x.go', 'c/x.go']);
  });
});

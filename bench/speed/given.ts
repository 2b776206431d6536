import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ProjectConfiguration, ProjectGraph } from '@nx/devkit';

import type { Files } from '../../testing/workspace/files.js';
import { installation } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import type { Bench } from './bench.js';
import { SpeedWorkspace } from './speed-workspace.js';

/** Where Nx keeps the project graph of a workspace. */
export function graphFile({ root }: SpeedWorkspace): string {
  return join(root, '.nx/workspace-data/project-graph.json');
}

/** The same sources, which Nx learns of from a plugin that returns what ours inferred. */
export function workspaceWithGivenProjects(bench: Bench, gopher: SpeedWorkspace): Promise<SpeedWorkspace> {
  return bench.workspace('given', async () =>
    SpeedWorkspace.create(
      'given',
      bench.size,
      givenProjects(gopher, (data) => data),
      await installation(NX_24),
    ),
  );
}

/** The same with projects, targets and edges alone: no inputs, no metadata. */
export function workspaceWithNamedProjects(bench: Bench, gopher: SpeedWorkspace): Promise<SpeedWorkspace> {
  return bench.workspace('named', async () =>
    SpeedWorkspace.create('named', bench.size, givenProjects(gopher, namesAlone), await installation(NX_24)),
  );
}

const GIVING_PLUGIN = `const { nodes, edges } = require('./graph.json');

module.exports = {
  name: 'given',
  createNodes: ['nx.json', async (files) => files.map((file) => [file, nodes])],
  createDependencies: async () => edges,
};
`;

function namesAlone({ root, projectType, targets = {} }: ProjectConfiguration): ProjectConfiguration {
  const names = Object.entries(targets).map(([name, { executor = '' }]) => [name, { executor }] as const);
  return { root, ...(projectType ? { projectType } : {}), targets: Object.fromEntries(names) };
}

function givenProjects(gopher: SpeedWorkspace, partOf: (data: ProjectConfiguration) => ProjectConfiguration): Files {
  const {
    nodes,
    externalNodes = {},
    dependencies,
  } = JSON.parse(readFileSync(graphFile(gopher), 'utf8')) as ProjectGraph;
  const graph = {
    nodes: {
      projects: Object.fromEntries(
        Object.values(nodes).map(({ name, data }) => [data.root, { ...partOf(data), name }]),
      ),
      externalNodes: Object.fromEntries(Object.entries(externalNodes).filter(([name]) => name.startsWith('go:'))),
    },
    edges: Object.values(dependencies)
      .flat()
      .filter(({ target }) => target in nodes),
  };
  return {
    'nx.json': `${JSON.stringify({ plugins: ['./giving-plugin.cjs'] })}\n`,
    'giving-plugin.cjs': GIVING_PLUGIN,
    'graph.json': JSON.stringify(graph),
  };
}

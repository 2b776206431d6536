import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ProjectGraph } from '@nx/devkit';

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
    SpeedWorkspace.create('given', bench.size, givenProjects(gopher), await installation(NX_24)),
  );
}

const GIVING_PLUGIN = `const { nodes, edges } = require('./graph.json');

module.exports = {
  name: 'given',
  createNodes: ['nx.json', async (files) => files.map((file) => [file, nodes])],
  createDependencies: async () => edges,
};
`;

function givenProjects(gopher: SpeedWorkspace): Files {
  const {
    nodes,
    externalNodes = {},
    dependencies,
  } = JSON.parse(readFileSync(graphFile(gopher), 'utf8')) as ProjectGraph;
  const graph = {
    nodes: {
      projects: Object.fromEntries(Object.values(nodes).map(({ name, data }) => [data.root, { ...data, name }])),
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

import { basename, join } from 'node:path';
import { existsSync, readdirSync } from 'node:fs';

import type { NxJsonConfiguration } from '@nx/devkit';

import { inferGraph } from '../../src/graph/go-graph.js';
import { parseOptions } from '../../src/graph/options/options.js';
import { goEdges } from '../../src/graph/projects/edges.js';
import { arrange } from '../../src/workspace/discover.js';
import { loadWorkspace } from '../../src/workspace/load.js';

/** The files of a workspace, relative to its root, without what Nx and git keep there. */
export function filesOf(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(root.length + 1)).filter((file) => !/^\.(nx|git)\//.test(file));
}

/** The Go part of the graph as the plugin hands it to Nx, in JSON; what it found is kept in the workspace as usual. */
export async function graphOf(root: string, files = filesOf(root), nxJson: NxJsonConfiguration = {}): Promise<string> {
  const manifests = files.filter((file) => /^(go\.(mod|sum|work|work\.sum)|modules\.txt)$/.test(basename(file)));
  const sources = files.filter((file) => /\.(go|s|h|c)$/.test(file) && existsSync(join(root, file)));
  const workspace = loadWorkspace(root, arrange(manifests, sources, { include: [], exclude: [] }), manifests);
  const graph = await inferGraph(workspace, parseOptions({}), nxJson, new Map(), new Set());
  workspace.save();
  const { configurations, externalNodes, clashes, projects } = graph;
  const names = new Map([...projects.byDir.values()].map(({ dir, name }) => [dir, name]));
  return JSON.stringify([[...configurations], externalNodes, clashes, goEdges(graph, names, nxJson)], undefined, 1);
}

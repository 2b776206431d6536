import type {
  CreateDependencies,
  CreateDependenciesContext,
  CreateNodesFunction,
  CreateNodesResult,
  ProjectConfiguration,
} from '@nx/devkit';

import { discover } from '../workspace/discover.js';
import type { DataFolder } from '../workspace/kept/data-folder.js';
import { dataFolder, loadWorkspace } from '../workspace/load.js';
import { goEdges } from './projects/edges.js';
import { inferGraph, type GoGraph } from './go-graph.js';
import { parseOptions } from './options/options.js';
import { readProjectFiles } from './projects/project-files.js';
import { reportProblems } from './report.js';

/** The graph last inferred, by workspace root: Nx asks one process for nodes first and for dependencies next. */
const inferred = new Map<string, GoGraph>();

/** Infers the Go projects of the workspace. Called by Nx with every manifest, whatever changed. */
export const createGoNodes: CreateNodesFunction = async (manifests, rawOptions, context) => {
  if (isDisabled()) return [];
  const { workspaceRoot, nxJsonConfiguration } = context;
  performance.mark('nx-gopher:nodes:start');
  const options = parseOptions(rawOptions);
  const discovered = await discover(workspaceRoot, manifests, options);
  const dirs = [...discovered.moduleDirs, ...discovered.workDirs, ...[...discovered.packageDirs.values()].flat()];
  const { configuredDirs } = discovered;
  const files = readProjectFiles(workspaceRoot, new Set(dirs.filter((dir) => configuredDirs.has(dir))));
  const graph = await startingFreshIfNeeded(dataFolder(workspaceRoot), async (folder) => {
    const workspace = loadWorkspace(workspaceRoot, discovered, manifests, folder);
    const goGraph = await inferGraph(workspace, options, nxJsonConfiguration, files, configuredDirs);
    workspace.save();
    return goGraph;
  });
  inferred.set(workspaceRoot, graph);
  reportProblems(graph, nxJsonConfiguration, options);
  performance.measure('nx-gopher:nodes', 'nx-gopher:nodes:start');
  return results(graph, manifests);
};

/** The edges between Go projects, and from them to others whose files they embed. */
export const createGoDependencies: CreateDependencies = (
  _options,
  { projects, workspaceRoot, nxJsonConfiguration },
) => {
  const graph = inferred.get(workspaceRoot);
  if (isDisabled() || !graph) return [];
  refuseLostEdges(graph, projects);
  const names = new Map(Object.entries(projects).map(([name, { root }]) => [root, name]));
  return goEdges(graph, names, nxJsonConfiguration);
};

/** Computes once more without what was kept where that fails: whatever is wrong with it, it is not to stay so. */
async function startingFreshIfNeeded<Result>(
  folder: DataFolder,
  compute: (folder: DataFolder) => Promise<Result>,
): Promise<Result> {
  try {
    return await compute(folder);
  } catch (error) {
    if (!folder.forget()) throw error;
    return compute(folder);
  }
}

/** @throws Error when something other than its own files takes an edge from a project that inputs rely on. */
function refuseLostEdges(
  { projects: { walks, byDir }, files }: GoGraph,
  all: CreateDependenciesContext['projects'],
): void {
  if (!walks) return;
  for (const [name, { root, implicitDependencies = [] }] of Object.entries(all)) {
    const lost = implicitDependencies.find((one) => one.startsWith('!'));
    if (lost === undefined || !byDir.has(root) || files.get(root)?.takesEdgesAway) continue;
    throw new Error(
      `Another plugin gives ${name} the implicit dependency "${lost}". Write it into ${root}/project.json: nx-gopher has to know of it.`,
    );
  }
}

function isDisabled(): boolean {
  return process.env['NX_GOPHER_DISABLE'] === 'true';
}

/** Each project under the manifest that it comes from, as `nx show project` names it. */
function results(graph: GoGraph, manifests: readonly string[]): [string, CreateNodesResult][] {
  const byManifest = new Map<string, [dir: string, configuration: ProjectConfiguration][]>();
  const existing = new Set(manifests);
  for (const [dir, configuration] of graph.configurations) {
    const owner = graph.projects.byDir.get(dir)?.module?.dir ?? dir;
    const prefix = owner === '.' ? '' : `${owner}/`;
    const manifest = [`${prefix}go.mod`, `${prefix}go.work`].find((file) => existing.has(file)) ?? `${prefix}go.mod`;
    const projects = byManifest.get(manifest) ?? [];
    projects.push([dir, configuration]);
    byManifest.set(manifest, projects);
  }
  return [...byManifest].map(([manifest, entries], index) => {
    // Not by assignment: a directory may be called __proto__.
    const projects = Object.fromEntries(entries);
    return [manifest, index === 0 ? { projects, externalNodes: graph.externalNodes } : { projects }];
  });
}

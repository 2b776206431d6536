import { posix } from 'node:path';

import {
  formatFiles,
  getProjects,
  logger,
  readJson,
  removeDependenciesFromPackageJson,
  updateProjectConfiguration,
  writeJson,
  type GeneratorCallback,
  type ProjectConfiguration,
  type Tree,
} from '@nx/devkit';

import { ignoreWritten } from '../init/git-ignore.js';
import { nameSources } from '../init/nx-json.js';
import { keepingComments } from '../jsonc/keeping-comments.js';
import { completeTargets } from './complete-targets.js';
import { convertProject } from './convert-project.js';
import type { GoModule } from './go-modules.js';
import { convertNxJson, convertNamedInputs } from './nx-json.js';
import type { OldProject } from './old-projects.js';
import type { Peer } from './peer.js';
import { peerUse } from './peer-use.js';
import { ConversionReport } from './report.js';
import type { ConvertSchema } from './schema.js';
import { convertDefaults } from './target-defaults.js';
import type { Writes } from './writes.js';

/**
 * Moves a workspace from another Go plugin to nx-gopher: nx.json, the project files and package.json. What has no
 * counterpart is printed. A workspace without a trace of the plugin stays as it is.
 *
 * @returns what Nx runs after the files are written: the installation without the old package.
 */
export async function convertWorkspace(tree: Tree, peer: Peer, options: ConvertSchema): Promise<GeneratorCallback> {
  const use = peerUse(tree, peer);
  if (!use) {
    logger.info(`Nothing to convert: the workspace does not use ${peer.packageName}.`);
    return () => undefined;
  }
  const { nxJson, modules, names, projects } = use;
  const report = new ConversionReport();
  const granularity = options.granularity ?? fittingGranularity(projects);
  const renamed = options.keepNames === false ? new Map<string, string>() : keptNames(projects, modules);
  const fileNames = new Map([...getProjects(tree)].map(([name, { root }]) => [root, name] as const));
  const defaults = convertDefaults(nxJson.targetDefaults ?? {}, peer, names, report);
  const writes: Writes = new Map();
  const nameOf = (dir: string): string => fileNames.get(dir) ?? renamed.get(dir) ?? dir;
  const context = { peer, names, nameOf, modules, granularity, report };
  for (const project of projects) convertProject(completeTargets(project, defaults, context), context, writes);
  convertNxJson(tree, peer, granularity, defaults, report);
  writeProjects(tree, writes, renamed, report);
  convertNamedInputs(tree, peer, report);
  nameSources(tree);
  ignoreWritten(tree);
  noteDifferences(report, granularity);
  report.print(`From ${peer.packageName} to nx-gopher:`);
  if (!options.skipFormat) await formatFiles(tree);
  return removePackage(tree, peer, report, options.skipPackageJson);
}

/** Projects per module where they were per module, so that a module's test still runs all its tests. */
function fittingGranularity(projects: readonly OldProject[]): 'package' | 'module' {
  return projects.every(({ root, module }) => module?.dir === root) ? 'module' : 'package';
}

/** The names of module projects that would be others: nx-gopher calls them by their path. */
function keptNames(projects: readonly OldProject[], modules: readonly GoModule[]): Map<string, string> {
  const isModule = (root: string) => modules.some(({ dir }) => dir === root);
  const named = projects.filter(
    ({ root, name, hasFile }) => !hasFile && isModule(root) && name !== root && root !== '.',
  );
  return new Map(named.map(({ root, name }) => [root, name]));
}

function writeProjects(tree: Tree, writes: Writes, names: ReadonlyMap<string, string>, report: ConversionReport): void {
  const files = new Map([...getProjects(tree)].map(([name, project]) => [project.root, { name, project }] as const));
  for (const root of [...new Set([...writes.keys(), ...names.keys()])].sort()) {
    const changed = writes.get(root) ?? new Map<string, never>();
    const file = files.get(root);
    const targets = { ...file?.project.targets };
    for (const [name, target] of changed) {
      if (target) targets[name] = target;
      else delete targets[name];
    }
    if (file) {
      const { name, project } = file;
      // Nx writes to the package.json of a project that has no project.json.
      const path = posix.join(root, tree.exists(posix.join(root, 'project.json')) ? 'project.json' : 'package.json');
      keepingComments(tree, path, () => updateProjectConfiguration(tree, name, { ...project, targets }));
    } else {
      const inProjectFile = { ...nameIn(names, root), ...(Object.keys(targets).length ? { targets } : {}) };
      if (Object.keys(inProjectFile).length === 0) continue;
      writeJson(tree, posix.join(root, 'project.json'), inProjectFile satisfies Partial<ProjectConfiguration>);
    }
    report.changed(
      `${posix.join(root, 'project.json')}: ${[...nameWords(file ? undefined : names.get(root)), ...changed.keys()].join(', ')}`,
    );
  }
}

function nameIn(names: ReadonlyMap<string, string>, root: string): { name?: string } {
  const name = names.get(root);
  return name === undefined ? {} : { name };
}

function nameWords(name: string | undefined): string[] {
  return name === undefined ? [] : [`name ${name}`];
}

function noteDifferences(report: ConversionReport, granularity: 'package' | 'module'): void {
  report.note(
    'all builds',
    'built with -trimpath -buildvcs=false, so that binaries are the same everywhere (options trimpath, buildvcs)',
  );
  report.note('all tests', 'run with -count=1: Nx decides what has to run, not go’s own cache');
  if (granularity === 'module')
    report.note(
      'nx.json',
      'granularity is "module", so that test runs all tests of a module as before; "package" makes each package a project',
    );
  else
    report.note(
      'all tests',
      'test runs the tests of one package, no longer of those below it, which are projects of their own',
    );
}

function removePackage(tree: Tree, peer: Peer, report: ConversionReport, skip: boolean | undefined): GeneratorCallback {
  if (skip || !tree.exists('package.json')) return () => undefined;
  const { dependencies, devDependencies } = readJson<Record<string, Record<string, string>>>(tree, 'package.json');
  if (!{ ...dependencies, ...devDependencies }[peer.packageName]) return () => undefined;
  if (report.needsPeer) {
    logger.warn(`${peer.packageName} stays in package.json: what was left as it is still needs it.`);
    return () => undefined;
  }
  return removeDependenciesFromPackageJson(tree, [peer.packageName], [peer.packageName]);
}

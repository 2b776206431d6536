import { sortedByName } from '../../by-name.js';
import type { DuplicateModule, ImportCycle, StructureInsight } from '../report.js';
import type { WorkspaceModel, WorkspacePackage } from '../model/workspace-model.js';
import { cycles } from './components.js';
import { folderLayers } from './folder-layers.js';

/** Looks for what makes a workspace hard to build in parts. */
export function structureOf(model: WorkspaceModel): StructureInsight {
  const packages = [...model.packages.values()];
  const imported = new Set(packages.flatMap((pkg) => model.importsOf(pkg, true).map(({ package: { dir } }) => dir)));
  return {
    moduleCycles: moduleCycles(model, packages),
    testCycles: cycles(packages, (pkg) => model.importsOf(pkg, true)).map((members) => packageCycle(members, model)),
    folders: folderLayers(model),
    unimported: packages
      .map(({ package: pkg }) => pkg)
      .filter(({ dir, name, errors }) => name !== 'main' && errors.length === 0 && !imported.has(dir))
      .map(({ dir, files }) => ({ dir, tests: files.length === 0 })),
    duplicates: duplicateModules(model),
  };
}

function packageCycle(members: readonly WorkspacePackage[], model: WorkspaceModel): ImportCycle {
  const inside = new Set(members);
  const imports = members.flatMap((from) => {
    const direct = new Set(model.importsOf(from, false));
    return model
      .importsOf(from, true)
      .filter((to) => inside.has(to))
      .map((to) => ({ from: from.package.dir, to: to.package.dir, tests: !direct.has(to) }));
  });
  return { members: members.map(({ package: { dir } }) => dir), imports };
}

function moduleCycles(model: WorkspaceModel, packages: readonly WorkspacePackage[]): ImportCycle[] {
  const edges = new Map<string, Map<string, ImportCycle['imports'][number]>>();
  for (const from of packages) {
    const direct = new Set(model.importsOf(from, false));
    for (const to of model.importsOf(from, true)) {
      if (to.module === from.module) continue;
      const known = edges.get(from.module) ?? new Map();
      edges.set(from.module, known);
      const first = { from: from.package.dir, to: to.package.dir, tests: !direct.has(to) };
      if (!known.has(to.module) || known.get(to.module)?.tests) known.set(to.module, first);
    }
  }
  const modules = [...new Set(packages.map(({ module }) => module))];
  return cycles(modules, (module) => [...(edges.get(module)?.keys() ?? [])]).map((members) => ({
    members,
    imports: members.flatMap((from) =>
      [...(edges.get(from) ?? [])].flatMap(([to, edge]) => (members.includes(to) ? [edge] : [])),
    ),
  }));
}

function duplicateModules(model: WorkspaceModel): DuplicateModule[] {
  const families = new Map<string, Map<string, Set<string>>>();
  for (const { package: pkg, listing } of model.packages.values()) {
    for (const path of [...pkg.imports, ...pkg.testImports]) {
      const module = listing.get(path)?.module;
      if (!module || module.main || module.version === '') continue;
      const name = module.path.replace(/(\/|\.)v\d+$/, '');
      const versions = families.get(name) ?? new Map<string, Set<string>>();
      families.set(name, versions);
      const id = `${module.path}@${module.version}`;
      versions.set(id, (versions.get(id) ?? new Set()).add(pkg.dir));
    }
  }
  return sortedByName(families)
    .filter(([, versions]) => versions.size > 1)
    .map(([name, versions]) => ({
      name,
      together: new Set(Array.from(versions.keys(), (id) => id.replace(/@.*/, ''))).size > 1,
      versions: sortedByName(versions).map(([module, importers]) => ({ module, importers: [...importers].sort() })),
    }));
}

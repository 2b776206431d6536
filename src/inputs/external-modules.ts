import { createHash } from 'node:crypto';

import type { ProjectGraphExternalNode } from '@nx/devkit';

import { compareGoVersions } from '../go/modules/go-version.js';
import { isUnmatchedEmbed, type Package, type PackageModule } from '../go/listing/package.js';
import { isInWorkspace } from '../paths.js';
import type { Module, ModuleGroup } from '../workspace/workspace.js';

/** Where the code of a package comes from. */
export type Origin =
  /** A directory of the workspace. */
  | 'workspace'
  /** The vendor directory of its group. */
  | 'vendor'
  /** The module cache: named by version and checked against go.sum. */
  | 'module'
  /** A directory outside the workspace that a `replace` names: nothing can hash it. */
  | 'outside'
  /** Nowhere: the import resolves to nothing. */
  | 'missing';

/** Tells where a package's code comes from. */
export function originOf(pkg: Package, group: ModuleGroup): Origin {
  if (pkg.dir === '') return pkg.module && !pkg.module.main && version(pkg.module) ? 'module' : 'missing';
  const outside = !isInWorkspace(pkg.dir);
  if (!outside && group.vendor && isBelow(vendorDir(group), pkg.dir)) return 'vendor';
  if (pkg.module && version(pkg.module)) return 'module';
  return outside ? 'outside' : 'workspace';
}

/** The vendor directory of a group, relative to the workspace's root. */
export function vendorDir(group: ModuleGroup): string {
  return group.dir === '.' ? 'vendor' : `${group.dir}/vendor`;
}

/**
 * The external node of the module that gives a package: `go:<module path>@<version>`, with its replacement if there is
 * one, and a digest of its go.sum line, because the modules of a workspace may hold different lines. Vendored code is
 * hashed itself.
 */
export function moduleNode(module: PackageModule, group: ModuleGroup): ProjectGraphExternalNode {
  const { path, replace } = module;
  const from = replace ?? module;
  const name = `${path}@${module.version}${replace ? `=>${replace.path}@${replace.version}` : ''}`;
  const ofGroup = moduleNodes.get(group) ?? new Map<string, ProjectGraphExternalNode>();
  moduleNodes.set(group, ofGroup);
  const sum = group.vendor ? 'vendor' : (group.sums.get(`${from.path}@${from.version}`) ?? 'no sum');
  const node = ofGroup.get(name) ?? nodeByHash(name, path, version(module), `${name} ${sum}`);
  ofGroup.set(name, node);
  return node;
}

/** Each module's node by its name: thousands of targets name the same. */
const moduleNodes = new WeakMap<ModuleGroup, Map<string, ProjectGraphExternalNode>>();

/** What a module's go.mod gives to the compilation of its packages: the go directive in full. */
export function goDirectiveNode(module: Module): ProjectGraphExternalNode {
  return node(`module/${module.dir}`, module.path, module.goVersion || '0', `go ${module.goVersion}`);
}

/** What linking a main takes from its module: the module's path and its GODEBUG defaults. */
export function mainNode(main: Package, module: Module): ProjectGraphExternalNode {
  const facts = [module.path, main.defaultGodebug];
  return node(`main/${main.dir}`, module.path, module.goVersion || '0', JSON.stringify(facts));
}

/** As {@link mainNode}, for the test binaries of a module's packages. */
export function testMainNode(module: Module, group: ModuleGroup): ProjectGraphExternalNode {
  const facts = [module.path, group.workFile ? group.workSettings : module.settings];
  return node(`tests/${module.dir}`, module.path, module.goVersion || '0', JSON.stringify(facts));
}

/**
 * Stands for the errors with which a package loads, so that a build which fails has a hash of its own; undefined where
 * there are none but embed patterns without a match.
 */
export function errorNode(pkg: Package, tests: boolean): ProjectGraphExternalNode | undefined {
  const reported = tests ? [...pkg.errors, ...pkg.testErrors] : pkg.errors;
  const errors = reported.filter((error) => !isUnmatchedEmbed(error));
  if (errors.length === 0) return undefined;
  const name = `error/${pkg.importPath}${tests ? ' (test)' : ''}`;
  // Another module of the workspace, or another build configuration, may see another error.
  return nodeByHash(name, pkg.importPath, '0', JSON.stringify(errors.map(({ message }) => message)));
}

/** Stands for a group that go could not list at all. */
export function failureNode(group: ModuleGroup, failure: string): ProjectGraphExternalNode {
  return nodeByHash(`failure/${group.dir}`, group.dir, '0', failure);
}

/** A node that a workspace may have several of: one for each hash. */
function nodeByHash(name: string, packageName: string, version: string, hash: string): ProjectGraphExternalNode {
  return node(`${name}#${createHash('sha256').update(hash).digest('hex').slice(0, 8)}`, packageName, version, hash);
}

function node(name: string, packageName: string, version: string, hash: string): ProjectGraphExternalNode {
  // Nx types the name of an external node after its npm ones; any prefix will do.
  return { type: 'go', name: `go:${name}` as `npm:${string}`, data: { version, packageName, hash } };
}

function version(module: PackageModule): string {
  return (module.replace ?? module).version;
}

function isBelow(parent: string, dir: string): boolean {
  return dir.startsWith(`${parent}/`);
}

/**
 * Before Go 1.17 the go command reads the go.mod of every required module, whatever it builds, and refuses a broken
 * one; neither in a go.work nor with a vendor directory.
 */
export function loadsAllManifests({ goVersion }: Module): boolean {
  return compareGoVersions(goVersion, '1.17') < 0;
}

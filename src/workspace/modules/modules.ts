import { dirname, posix, resolve } from 'node:path';

import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { ByName, type ReadonlyByName } from '../../by-name.js';
import type { Directive } from '../../go/modules/mod-file.js';
import { replacesOf } from '../../go/modules/replacements.js';
import { withSettingsFile } from '../../go/configuration/settings-file.js';
import { fromRoot, isInWorkspace } from '../../paths.js';
import type { Discovered } from '../discover.js';
import { linkedManifests } from './group-manifests.js';
import { Manifests } from './manifests.js';
import { moduleContext, usedDirectories } from './module-context.js';
import type { Module, ModuleGroup, Replacement } from '../workspace.js';

/** Arranges the discovered modules into the groups that are loaded together, by what their manifests say. */
export function groupModules(
  workspaceRoot: string,
  discovered: Discovered,
  env: NodeJS.ProcessEnv = process.env,
  manifests = new Manifests(workspaceRoot),
): ModuleGroup[] {
  const groups = new Map<string, Members & { readonly modules: Module[] }>();
  for (const dir of discovered.moduleDirs) {
    const context = moduleContext(workspaceRoot, resolve(workspaceRoot, dir), env, manifests);
    const groupDir = fromRoot(workspaceRoot, context.cwd);
    const id = context.workFile ?? dir;
    const group = groups.get(id) ?? { dir: groupDir, workFile: context.workFile, modules: [] };
    group.modules.push(readModule(dir, discovered.packageDirs.get(dir) ?? [], manifests));
    groups.set(id, group);
  }
  return [...groups.values()].map((group) => completeGroup(group, discovered, env, manifests));
}

/** What is known of a group first. */
type Members = Pick<ModuleGroup, 'dir' | 'workFile' | 'modules'>;

function completeGroup(
  group: Members,
  { sources }: Discovered,
  env: NodeJS.ProcessEnv,
  manifests: Manifests,
): ModuleGroup {
  const directives = group.workFile ? manifests.at(group.workFile).directives : [];
  const vendor = isVendored(group, env, manifests);
  const vendorDir = posix.join(group.dir, 'vendor');
  const complete = {
    ...group,
    env: { GOWORK: group.workFile ?? 'off' },
    vendor,
    vendorListed: vendor && [...sources].some((file) => file.startsWith(`${vendorDir}/`)),
    workSettings: settings(directives),
    replacements: replacements(group, manifests),
    sums: sums(group, manifests),
  };
  return { ...complete, linkedManifests: linkedManifests(complete, manifests) };
}

function readModule(dir: string, packageDirs: readonly string[], manifests: Manifests): Module {
  const { directives } = manifests.at(posix.join(dir, 'go.mod'));
  return {
    dir,
    path: first(directives, 'module') ?? dir,
    goVersion: first(directives, 'go') ?? '',
    settings: settings(directives),
    packageDirs,
  };
}

function first(directives: readonly Directive[], verb: string): string | undefined {
  return directives.find((directive) => directive.verb === verb)?.args[0];
}

function settings(directives: readonly Directive[]): string {
  return directives
    .filter(({ verb }) => verb === 'go' || verb === 'godebug')
    .map(({ verb, args }) => `${verb} ${args.join(' ')}`)
    .join('\n');
}

/**
 * Whether go uses the vendor directory: `-mod=vendor` in GOFLAGS, or by default when there is one and the go
 * directive is 1.14 or later (1.22 for a go.work); see modload.setDefaultBuildMod in the go command.
 */
function isVendored({ dir, workFile, modules }: Members, env: NodeJS.ProcessEnv, manifests: Manifests): boolean {
  const mod = parseGoflags(withSettingsFile(env)['GOFLAGS'] ?? '').get('mod');
  if (mod !== undefined) return mod === 'vendor';
  if (!manifests.at(posix.join(dir, 'vendor/modules.txt')).exists) return false;
  const minimum = workFile ? 22 : 14;
  const goVersion = workFile ? first(manifests.at(workFile).directives, 'go') : modules[0]?.goVersion;
  return Number(/^1\.(\d+)/.exec(goVersion ?? '')?.[1] ?? 0) >= minimum;
}

/**
 * A replacing module's go.mod decides versions for all that the replaced one's users build, whether they import it or
 * not.
 */
function replacements({ modules, workFile }: Members, manifests: Manifests): Replacement[] {
  const files = [...modules.map(({ dir }) => posix.join(dir, 'go.mod')), ...(workFile ? [workFile] : [])];
  const replaced = files.flatMap((file) => {
    const dir = dirname(resolve(manifests.root, file));
    const replaces = replacesOf(manifests.at(file).directives).filter(({ isDirectory }) => isDirectory);
    return replaces.map(({ path, target }) => ({ path, dir: fromRoot(manifests.root, resolve(dir, target)) }));
  });
  return replaced.filter(({ dir }) => isInWorkspace(dir));
}

function sums({ dir, workFile, modules }: Members, manifests: Manifests): ReadonlyByName<string> {
  const used = workFile ? usedDirectories(workFile, manifests) : modules.map((module) => module.dir);
  const files = [
    ...used.map((one) => posix.join(one, 'go.sum')),
    ...(workFile ? [posix.join(dir, 'go.work.sum')] : []),
  ];
  const found = new ByName<string>();
  for (const line of files.flatMap((file) => manifests.at(file).text.split('\n'))) {
    const [path, version, sum] = line.trim().split(/\s+/);
    if (path && version && sum && !version.endsWith('/go.mod')) found.set(`${path}@${version}`, sum);
  }
  return found;
}

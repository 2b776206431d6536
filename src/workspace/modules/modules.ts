import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';

import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { parseModFile, useDirectories, type Directive } from '../../go/modules/mod-file.js';
import { withSettingsFile } from '../../go/configuration/settings-file.js';
import { isInside, toPosix } from '../../paths.js';
import type { Discovered } from '../discover.js';
import { moduleContext } from './module-context.js';
import type { Module, ModuleGroup, Replacement } from '../workspace.js';

/** Arranges the discovered modules into the groups that are loaded together. Reads their manifests. */
export function groupModules(
  workspaceRoot: string,
  discovered: Discovered,
  env: NodeJS.ProcessEnv = process.env,
): ModuleGroup[] {
  const groups = new Map<string, { dir: string; workFile: string | undefined; modules: Module[] }>();
  for (const dir of discovered.moduleDirs) {
    const context = moduleContext(workspaceRoot, resolve(workspaceRoot, dir), env);
    const groupDir = toPosix(relative(workspaceRoot, context.cwd)) || '.';
    const id = context.workFile ?? dir;
    const group = groups.get(id) ?? { dir: groupDir, workFile: context.workFile, modules: [] };
    group.modules.push(readModule(workspaceRoot, dir, discovered.packageDirs[dir] ?? []));
    groups.set(id, group);
  }
  return [...groups.values()].map((group) => completeGroup(workspaceRoot, group, discovered, env));
}

function completeGroup(
  workspaceRoot: string,
  group: { dir: string; workFile: string | undefined; modules: Module[] },
  { sources }: Discovered,
  env: NodeJS.ProcessEnv,
): ModuleGroup {
  const directives = group.workFile ? parseModFile(readIfExists(group.workFile)) : [];
  const vendor = isVendored(workspaceRoot, group, env);
  const vendorDir = posix.join(group.dir, 'vendor');
  return {
    ...group,
    env: { GOWORK: group.workFile ?? 'off' },
    vendor,
    vendorListed: vendor && [...sources].some((file) => file.startsWith(`${vendorDir}/`)),
    workSettings: settings(directives),
    replacements: replacements(workspaceRoot, group),
    sums: readSums(workspaceRoot, group),
  };
}

function readModule(workspaceRoot: string, dir: string, packageDirs: readonly string[]): Module {
  const directives = parseModFile(readIfExists(join(workspaceRoot, dir, 'go.mod')));
  const first = (verb: string): string | undefined => directives.find((directive) => directive.verb === verb)?.args[0];
  return {
    dir,
    path: first('module') ?? dir,
    goVersion: first('go') ?? '',
    settings: settings(directives),
    packageDirs,
  };
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
function isVendored(
  workspaceRoot: string,
  group: { dir: string; workFile: string | undefined; modules: readonly Module[] },
  env: NodeJS.ProcessEnv,
): boolean {
  const mod = parseGoflags(withSettingsFile(env)['GOFLAGS'] ?? '').get('mod');
  if (mod !== undefined) return mod === 'vendor';
  if (!existsSync(join(workspaceRoot, group.dir, 'vendor', 'modules.txt'))) return false;
  const minimum = group.workFile ? 22 : 14;
  const goVersion = group.workFile
    ? parseModFile(readIfExists(group.workFile)).find(({ verb }) => verb === 'go')?.args[0]
    : group.modules[0]?.goVersion;
  return Number(/^1\.(\d+)/.exec(goVersion ?? '')?.[1] ?? 0) >= minimum;
}

/** A replacing module's go.mod decides versions for all that the replaced one's users build, whether they import it or not. */
function replacements(
  workspaceRoot: string,
  group: { workFile: string | undefined; modules: readonly Module[] },
): Replacement[] {
  const files = group.modules.map(({ dir }) => join(workspaceRoot, dir, 'go.mod'));
  const all = [...files, ...(group.workFile ? [group.workFile] : [])].flatMap((file) =>
    parseModFile(readIfExists(file)).flatMap(({ verb, args }) => {
      const target = verb === 'replace' ? (args[args.indexOf('=>') + 1] ?? '') : '';
      const isDirectory = /^\.{0,2}\/|^\.{1,2}$|^[A-Za-z]:/.test(target);
      return isDirectory ? [{ path: args[0] ?? '', dir: resolve(dirname(file), target) }] : [];
    }),
  );
  return all
    .filter(({ dir }) => isInside(workspaceRoot, dir))
    .map(({ path, dir }) => ({ path, dir: toPosix(relative(workspaceRoot, dir)) || '.' }));
}

function readSums(
  workspaceRoot: string,
  group: { dir: string; workFile: string | undefined; modules: readonly Module[] },
): Record<string, string> {
  const members = group.workFile
    ? useDirectories(readIfExists(group.workFile)).map((use) => posix.join(group.dir, toPosix(use), 'go.sum'))
    : group.modules.map((module) => posix.join(module.dir, 'go.sum'));
  const sums: Record<string, string> = {};
  for (const file of [...members, ...(group.workFile ? [posix.join(group.dir, 'go.work.sum')] : [])]) {
    for (const line of readIfExists(join(workspaceRoot, file)).split('\n')) {
      const [path, version, sum] = line.trim().split(/\s+/);
      if (path && version && sum && !version.endsWith('/go.mod')) sums[`${path}@${version}`] = sum;
    }
  }
  return sums;
}

function readIfExists(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

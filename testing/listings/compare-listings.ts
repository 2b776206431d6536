import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix, resolve } from 'node:path';

import {
  resolveBuildConfiguration,
  type BuildConfigurationOptions,
} from '../../src/go/configuration/build-configuration.js';
import { findGo } from '../../src/go/process/command.js';
import { listPackages } from '../../src/go/listing/list.js';
import { listingOf, type Listing, type Package } from '../../src/go/listing/package.js';
import { arrange } from '../../src/workspace/discover.js';
import { groupModules } from '../../src/workspace/modules/modules.js';
import { scanGroup } from '../../src/workspace/scan/scan.js';
import type { ModuleGroup } from '../../src/workspace/workspace.js';

/** Texts by path, relative to a temporary root. */
export type Files = Readonly<Record<string, string>>;

const temporary: string[] = [];

/** Deletes what {@link write} made. */
export function removeWritten(): void {
  for (const dir of temporary.splice(0)) rmSync(dir, { recursive: true });
}

/** Writes files to a new temporary directory and returns it. */
export function write(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-scan-')));
  temporary.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function groupsOf(root: string, files: Files, env: NodeJS.ProcessEnv): ModuleGroup[] {
  const names = Object.keys(files);
  const manifests = names.filter((file) => /^(go\.(mod|work)|modules\.txt)$/.test(basename(file)));
  const sources = names.filter((file) => file.endsWith('.go'));
  return groupModules(root, arrange(manifests, sources, { include: [], exclude: [] }), env);
}

const SETTINGS = { GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off', GOENV: 'off', GOEXPERIMENT: '' };

/** Under what, and of which directories (all by default), the listings are made. */
export interface Comparison {
  readonly options?: BuildConfigurationOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
}

/** Lists every group of the files by go and by scan, and returns both in comparable form. */
export async function listBoth(files: Files, { options = {}, env = {}, dirs }: Comparison) {
  const root = write(files);
  const settings = { ...SETTINGS, ...env };
  const go = await findGo(root);
  const listed: Record<string, unknown> = {};
  const scanned: Record<string, unknown> = {};
  for (const group of groupsOf(root, files, { ...process.env, ...settings })) {
    const selected = dirs ?? group.modules.flatMap((module) => module.packageDirs);
    const request = {
      workspaceRoot: root,
      cwd: resolve(root, group.dir),
      env: { ...settings, ...group.env },
      options,
      dirs: selected.map((dir) => posix.relative(group.dir, dir) || '.'),
      tests: true,
      vendor: group.vendor,
      timeout: 60_000,
    };
    const configuration = await resolveBuildConfiguration(go, options, request.cwd, request.env);
    listed[group.dir] = { configuration, packages: comparable(await listPackages(go, request)) };
    const scan = scanGroup(root, group, options, { ...process.env, ...settings }, dirs);
    scanned[group.dir] = { configuration: scan.configuration, packages: comparable(scan.packages) };
  }
  return { listed, scanned };
}

/** Everything but the wording of errors, the GODEBUG defaults, and what only downloaded files tell. */
function comparable(listing: Listing): Record<string, unknown> {
  return Object.fromEntries([...listing].map(([importPath, pkg]) => [importPath, comparablePackage(pkg)]));
}

function comparablePackage(pkg: Package): unknown {
  const downloaded = pkg.module && !pkg.module.main && (pkg.module.replace ?? pkg.module).version;
  if (downloaded && !pkg.dir.includes('vendor/')) return { module: pkg.module };
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...new Set<string>(value)].sort() : value);
  const fields = Object.entries({ ...pkg, defaultGodebug: '', errors: [], testErrors: [] });
  return {
    ...Object.fromEntries(fields.map(([field, value]) => [field, sorted(value)])),
    // Go repeats most errors of a package as errors of its tests.
    loads: pkg.errors.length + pkg.testErrors.length === 0,
  };
}

/** A go.mod, and a file with nothing but imports. */
export const goMod = (path: string, ...lines: string[]): string =>
  [`module ${path}`, 'go 1.24', ...lines, ''].join('\n');
export const source = (name: string, ...imports: string[]): string =>
  [`package ${name}`, ...imports.map((path) => `import _ "${path}"`), ''].join('\n');

/** Scans the first group of the files without asking go anything. */
export function scanFirst(files: Files): Listing {
  const root = write(files);
  const [group] = groupsOf(root, files, SETTINGS);
  return group ? scanGroup(root, group, {}, SETTINGS).packages : listingOf([]);
}

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { mustRun } from '../../../testing/workspace/command.js';
import { environment } from '../../../testing/workspace/environment.js';
import { installation, npmEnvironment } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../../testing/workspace/temporary-folder.js';
import { linkNodeModules } from '../../../testing/workspace/workspace.js';

export const PEERS = ['@nx-go/nx-go', '@naxodev/gonx'] as const;

/** Files of package managers: npm installs what is needed, and Nx reads lock files. */
const PACKAGE_MANAGERS = ['.npmrc', '.yarnrc.yml', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

type Json = Record<string, unknown>;
type Versions = Readonly<Record<string, string>>;

/** A copy of a workspace's committed files, and what its package.json says of Nx and the old plugin. */
export interface Checkout {
  readonly root: string;
  readonly peer: string;
  readonly peerVersion: string;
  readonly nxVersion: string;
}

/** The workspace with the plugin and the Nx that it names, and without all that is not needed for Go. */
export async function oldCheckout(directory: string): Promise<Checkout> {
  const checkout = await copyOf(directory, 'before', []);
  const { root, peer, peerVersion, nxVersion } = checkout;
  const isOld = Number(/\d+/.exec(nxVersion)?.[0]) < 16;
  // An old Nx runs nothing without a runner.
  const runner = { default: { runner: 'nx/tasks-runners/default', options: { cacheableOperations: [] } } };
  if (isOld) writeJson(join(root, 'nx.json'), { ...readJson(join(root, 'nx.json')), tasksRunnerOptions: runner });
  const devDependencies: Versions = {
    nx: nxVersion,
    ...(isOld
      ? { '@nrwl/devkit': nxVersion, '@nrwl/workspace': nxVersion, typescript: '~4.8.2' }
      : { '@nx/devkit': nxVersion }),
    [peer]: peerVersion,
  };
  writeJson(join(root, 'package.json'), { ...readJson(join(root, 'package.json')), dependencies: {}, devDependencies });
  const options = [
    '--legacy-peer-deps',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  await mustRun('npm', ['install', '--no-package-lock', ...options], root, npmEnvironment());
  return checkout;
}

/**
 * The workspace with Nx 24 and nx-gopher in place of its own Nx, not yet converted. What Nx's own migrations do to a
 * workspace of an old Nx is done as far as Go needs it.
 */
export async function newCheckout(directory: string): Promise<Checkout> {
  const checkout = await copyOf(directory, 'after', OBSOLETE);
  const { folder } = await installation(NX_24);
  await linkNodeModules(folder, checkout.root);
  nameProjects(checkout.root);
  return checkout;
}

async function copyOf(directory: string, when: string, obsolete: readonly string[]): Promise<Checkout> {
  const root = mkdtempSync(join(temporaryFolder('conversions'), `${basename(directory)}-${when}-`));
  const { stdout } = await mustRun('git', ['ls-files', '-z'], directory, environment());
  for (const file of stdout.split('\0').filter((path) => path && existsSync(join(directory, path))))
    cpSync(join(directory, file), join(root, file), { verbatimSymlinks: true });
  for (const file of PACKAGE_MANAGERS) rmSync(join(root, file), { force: true });
  const { dependencies, devDependencies } = readJson(join(root, 'package.json')) as Record<string, Versions>;
  const versions = { ...dependencies, ...devDependencies };
  const peer = PEERS.find((name) => versions[name]);
  if (!peer) throw new Error(`${directory}/package.json names none of ${PEERS.join(', ')}`);
  reduceNxJson(root, peer, obsolete);
  await mustRun('git', ['init', '--quiet'], root, environment());
  await mustRun('git', ['add', '--all'], root, environment());
  return { root, peer, peerVersion: versions[peer] ?? '', nxVersion: versions['nx'] ?? '' };
}

/** Keys of nx.json that Nx no longer knows, and its own migrations take out. */
const OBSOLETE = ['implicitDependencies', 'targetDependencies', 'cli', 'npmScope', 'defaultProject', 'affected'];

/** Takes plugins and runners out that are not installed, and other keys. */
function reduceNxJson(root: string, peer: string, others: readonly string[]): void {
  const file = join(root, 'nx.json');
  const { plugins = [], ...json } = readJson(file) as Json & { plugins?: (string | { plugin: string })[] };
  const gone = ['tasksRunnerOptions', 'nxCloudAccessToken', 'nxCloudId', ...others];
  const kept = plugins.filter((plugin) => (typeof plugin === 'string' ? plugin : plugin.plugin) === peer);
  writeJson(file, {
    ...Object.fromEntries(Object.entries(json).filter(([name]) => !gone.includes(name))),
    plugins: kept,
  });
}

/** Writes the names of a workspace.json into the projects, as Nx 15 did. */
function nameProjects(root: string): void {
  const file = join(root, 'workspace.json');
  if (!existsSync(file)) return;
  const { projects } = readJson(file) as { projects: Readonly<Record<string, string>> };
  for (const [name, dir] of Object.entries(projects)) {
    const project = join(root, dir, 'project.json');
    if (existsSync(project)) writeJson(project, { name, ...readJson(project), root: undefined });
  }
  rmSync(file);
}

function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

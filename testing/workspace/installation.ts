import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { mustRun } from './command.js';
import type { NxVersion } from './nx-versions.js';
import { temporaryFolder } from './temporary-folder.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with package.json, package-lock.json and node_modules of one Nx version and the packed plugin. */
export interface Installation {
  readonly folder: string;
}

let packed: Promise<string> | undefined;
const installed = new Map<string, Promise<Installation>>();

/** Versions by npm package. */
export type Packages = Readonly<Record<string, string>>;

/** The plugin's tarball: the one that NX_GOPHER_TARBALL names, else the repository packed. */
export function pluginTarball(): Promise<string> {
  const given = process.env['NX_GOPHER_TARBALL'];
  return (packed ??= given ? Promise.resolve(resolve(given)) : pack());
}

/**
 * Installs Nx and the packed plugin, once per Nx version and content of the tarball, and keeps it for the next run.
 *
 * @param packages published ones to install beside the plugin.
 */
export function installation(version: NxVersion, packages: Packages = {}): Promise<Installation> {
  const key = JSON.stringify([version.nx, packages]);
  let known = installed.get(key);
  if (!known) {
    known = pluginTarball().then((tarball) => install(version, packages, tarball));
    installed.set(key, known);
  }
  return known;
}

/** Installs Nx and published packages without the plugin of this repository; kept for the next run too. */
export function publishedInstallation(version: NxVersion, packages: Packages): Promise<Installation> {
  return installInto(folderName(version, packages), version, packages);
}

async function pack(): Promise<string> {
  const folder = temporaryFolder('packed', String(process.pid));
  await mustRun('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], REPOSITORY, npmEnvironment());
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack left no tarball in ${folder}`);
  return join(folder, tarball);
}

function install(version: NxVersion, packages: Packages, tarball: string): Promise<Installation> {
  const content = readFileSync(tarball);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const all = { ...packages, 'nx-gopher': `file:${basename(tarball)}` };
  return installInto(`${folderName(version, packages)}-${digest}`, version, all, tarball);
}

function folderName(version: NxVersion, packages: Packages): string {
  const names = Object.entries(packages).map(([path, range]) => `${path.replaceAll('/', '+')}-${range}`);
  return [`nx-${version.nx}`, ...names].join('-');
}

/** @param tarball a file that `packages` names by its base name, for the time of the installation. */
async function installInto(
  name: string,
  version: NxVersion,
  packages: Packages,
  tarball?: string,
): Promise<Installation> {
  const folder = join(temporaryFolder('installations'), name);
  if (existsSync(folder)) return { folder };
  const unfinished = temporaryFolder('installations', `unfinished-${process.pid}-${name}`);
  // Inside the installation, so that the lock file names it by a path that every workspace has.
  const inside = tarball && join(unfinished, basename(tarball));
  if (inside) copyFileSync(tarball, inside);
  const dependencies = { nx: version.nx, '@nx/devkit': version.devkit, ...packages };
  const manifest = { name: 'workspace', private: true, devDependencies: dependencies };
  writeFileSync(join(unfinished, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await mustRun(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
    unfinished,
    npmEnvironment(),
  );
  if (inside) rmSync(inside);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process has installed the same in the meantime.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return { folder };
}

/** npm needs the machine's own settings (registry, proxy), but not what the npm and the jest that run these tests set for theirs. */
export function npmEnvironment(): Record<string, string> {
  const ofParent =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_|global_)?prefix)|NODE_OPTIONS$|FORCE_COLOR$)/;
  const own = Object.entries(process.env).filter(([name]) => !ofParent.test(name));
  return Object.fromEntries(own.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

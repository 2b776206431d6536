import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { mustRun } from './command.js';
import { linkFolder } from './link-folder.js';
import type { NxVersion } from './nx-versions.js';
import { temporaryFolder } from './temporary-folder.js';
import { unpackPlugin } from './unpack-plugin.js';

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
  const path = process.env['NX_GOPHER_TARBALL'];
  return (packed ??= path ? Promise.resolve(resolve(path)) : pack());
}

/**
 * Installs Nx, once per version, and unpacks the packed plugin into a copy, once per content of the tarball. Both are
 * kept for the next run.
 *
 * @param packages published ones to install with the plugin.
 */
export function installation(version: NxVersion, packages: Packages = {}): Promise<Installation> {
  const key = JSON.stringify([version.nx, packages]);
  let installing = installed.get(key);
  if (!installing) {
    installing = pluginTarball().then((tarball) => install(version, packages, tarball));
    installed.set(key, installing);
  }
  return installing;
}

/** As {@link installation}, with the plugin of another tarball. */
export function installationOf(version: NxVersion, tarball: string): Promise<Installation> {
  return install(version, {}, resolve(tarball));
}

/** Installs Nx and published packages without the plugin of this repository, once, and keeps it for the next run. */
export function publishedInstallation(version: NxVersion, packages: Packages): Promise<Installation> {
  return madeOnce(join(temporaryFolder('installations'), folderName(version, packages)), async (folder) => {
    const dependencies = { nx: version.nx, '@nx/devkit': version.devkit, ...packages };
    const manifest = { name: 'workspace', private: true, devDependencies: dependencies };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    await mustRun('npm', ['install', ...options], folder, npmEnvironment());
  });
}

async function pack(): Promise<string> {
  const folder = temporaryFolder('packed', String(process.pid));
  const options = ['--ignore-scripts', '--pack-destination', folder, '--loglevel=error'];
  // The script that npm would run before, without another npm.
  await mustRun(process.execPath, [join('scripts', 'build.mjs')], REPOSITORY, npmEnvironment());
  await mustRun('npm', ['pack', ...options], REPOSITORY, npmEnvironment());
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack left no tarball in ${folder}`);
  return join(folder, tarball);
}

/** The installation of the published packages, which stays, with the plugin unpacked into a copy made of links. */
async function install(version: NxVersion, packages: Packages, tarball: string): Promise<Installation> {
  const published = await publishedInstallation(version, packages);
  const digest = createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 16);
  return madeOnce(join(temporaryFolder('plugged'), `${basename(published.folder)}-${digest}`), async (folder) => {
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(published.folder, name), join(folder, name));
    await linkFolder(join(published.folder, 'node_modules'), join(folder, 'node_modules'));
    await unpackPlugin(tarball, folder);
  });
}

function folderName(version: NxVersion, packages: Packages): string {
  const names = Object.entries(packages).map(([path, range]) => `${path.replaceAll('/', '+')}-${range}`);
  return [`nx-${version.nx}`, ...names].join('-');
}

/** Fills a folder under another name first, so that one that is there is complete. */
async function madeOnce(folder: string, fill: (unfinished: string) => Promise<void>): Promise<Installation> {
  if (existsSync(folder)) return { folder };
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished);
  await fill(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process has made the same in the meantime.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return { folder };
}

/**
 * npm needs the machine's own settings (registry, proxy), but not what the npm and the jest that run these tests set
 * for theirs.
 */
export function npmEnvironment(): Record<string, string> {
  const ofParent =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_|global_)?prefix)|NODE_OPTIONS$|FORCE_COLOR$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !ofParent.test(name));
  return Object.fromEntries(inherited.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

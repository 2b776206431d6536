import { copyFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { mustRun, type Environment } from '../../testing/workspace/command.js';
import { installation, pluginTarball } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { linkNodeModules } from '../../testing/workspace/workspace.js';

/**
 * Puts the plugin of this repository into a copy, whether the original uses Nx or not: one with Nx keeps its own,
 * others get the one that the plugin is tested with.
 */
export async function installRepositoryPlugin(original: string, root: string, env: Environment): Promise<void> {
  await installPackages(original, root, env);
  addPlugin(root);
}

async function installPackages(original: string, root: string, env: Environment): Promise<void> {
  const modules = join(original, 'node_modules');
  if (existsSync(join(modules, 'nx'))) {
    cpSync(modules, join(root, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await mustRun('npm', ['install', ...flags, await pluginTarball()], root, env);
    return;
  }
  const installed = await installation(NX_24);
  for (const name of ['package.json', 'package-lock.json']) {
    if (!existsSync(join(root, name))) copyFileSync(join(installed.folder, name), join(root, name));
  }
  await linkNodeModules(installed.folder, root);
}

/** Sees to it that nx.json has what the generator `init` writes, and that git ignores what Nx and npm write. */
function addPlugin(root: string): void {
  const file = join(root, 'nx.json');
  const nxJson = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as NxJsonConfiguration) : {};
  const { plugins = [], namedInputs = {} } = nxJson;
  const added = JSON.stringify(plugins).includes('"nx-gopher"') ? plugins : [...plugins, 'nx-gopher'];
  const wanted = { ...nxJson, namedInputs: { goSources: [], ...namedInputs }, plugins: added };
  if (added !== plugins || !namedInputs['goSources']) writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
  const ignores = join(root, '.gitignore');
  const text = existsSync(ignores) ? readFileSync(ignores, 'utf8') : '';
  const missing = ['node_modules', '.nx', '/dist'].filter((line) => !text.split('\n').includes(line));
  if (missing.length) writeFileSync(ignores, `${text}\n${missing.join('\n')}\n`);
}

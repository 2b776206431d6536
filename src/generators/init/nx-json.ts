import { parseJson, readNxJson, updateNxJson, writeJson } from '@nx/devkit';
import type { NxJsonConfiguration, Tree } from '@nx/devkit';

import { GO_WORK_SYNC } from '../go-work-sync/generator.js';
import { appendToList } from './edit-nx-json.js';

const PLUGIN = 'nx-gopher';

export function isRegistered(tree: Tree): boolean {
  const plugins = readNxJson(tree)?.plugins ?? [];
  return plugins.some((plugin) => (typeof plugin === 'string' ? plugin : plugin.plugin) === PLUGIN);
}

/** Adds the plugin to nx.json, which is made where there is none. */
export function register(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  edit(tree, ['plugins'], PLUGIN, { ...nxJson, plugins: [...(nxJson.plugins ?? []), PLUGIN] });
}

/** Has `nx sync` keep go.work in line, unless it does so already. */
export function registerGoWorkSync(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const generators = nxJson.sync?.globalGenerators ?? [];
  if (generators.includes(GO_WORK_SYNC)) {
    return;
  }
  const sync = { ...nxJson.sync, globalGenerators: [...generators, GO_WORK_SYNC] };
  edit(tree, ['sync', 'globalGenerators'], GO_WORK_SYNC, { ...nxJson, sync });
}

/** Adds to a list as a text edit, which keeps comments, and through devkit where that does not do. */
function edit(tree: Tree, keys: readonly string[], value: string, wanted: NxJsonConfiguration): void {
  const text = tree.read('nx.json', 'utf-8');
  if (text === null) {
    writeJson(tree, 'nx.json', wanted);
    return;
  }
  const edited = appendToList(text, keys, value);
  if (edited !== undefined && !wanted.extends && reads(edited, wanted)) {
    tree.write('nx.json', edited);
  } else {
    updateNxJson(tree, wanted);
  }
}

function reads(text: string, wanted: NxJsonConfiguration): boolean {
  try {
    return JSON.stringify(parseJson(text)) === JSON.stringify(wanted);
  } catch {
    return false;
  }
}

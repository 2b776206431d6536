import { readNxJson, updateNxJson, writeJson } from '@nx/devkit';
import type { NxJsonConfiguration, Tree } from '@nx/devkit';

import { SOURCES_INPUT } from '../../facts/sources-input.js';
import { selectsTasks } from '../../nx/selection.js';
import { GO_WORK_SYNC } from '../go-work-sync/generator.js';
import { keepingComments } from '../jsonc/keeping-comments.js';

const PLUGIN = 'nx-gopher';

export function isRegistered(tree: Tree): boolean {
  const plugins = readNxJson(tree)?.plugins ?? [];
  return plugins.some((plugin) => (typeof plugin === 'string' ? plugin : plugin.plugin) === PLUGIN);
}

/** Adds the plugin to nx.json, which is made where there is none. */
export function register(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  write(tree, { ...nxJson, plugins: [...(nxJson.plugins ?? []), PLUGIN] });
}

/**
 * Says that projects without Go have no Go sources, where Nx can then find those of a program over the edges between
 * projects; without it the inputs name each project, which takes a lot of room in a large workspace.
 */
export function nameSources(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  if (!selectsTasks(nxJson) || nxJson.namedInputs?.[SOURCES_INPUT]) return;
  const namedInputs = { ...nxJson.namedInputs, [SOURCES_INPUT]: [] };
  write(tree, { ...nxJson, namedInputs });
}

/** Has `nx sync` keep go.work in line, unless it does so already. */
export function registerGoWorkSync(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const generators = nxJson.sync?.globalGenerators ?? [];
  if (generators.includes(GO_WORK_SYNC)) {
    return;
  }
  write(tree, { ...nxJson, sync: { ...nxJson.sync, globalGenerators: [...generators, GO_WORK_SYNC] } });
}

function write(tree: Tree, nxJson: NxJsonConfiguration): void {
  if (tree.exists('nx.json')) keepingComments(tree, 'nx.json', () => updateNxJson(tree, nxJson));
  else writeJson(tree, 'nx.json', nxJson);
}

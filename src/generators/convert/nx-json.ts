import type { NxJsonConfiguration, Tree } from '@nx/devkit';
import { getProjects, readNxJson, updateNxJson } from '@nx/devkit';

import { keepingComments } from '../jsonc/keeping-comments.js';
import { withoutUndefined } from './members.js';
import { KINDS, type Options, type Peer, type PeerKind } from './peer.js';
import type { ConversionReport } from './report.js';
import type { ConvertedDefaults } from './target-defaults.js';

type Plugin = NonNullable<NxJsonConfiguration['plugins']>[number];

const PLUGIN = 'nx-gopher';
/** The names that the targets of each kind have: those of the plugin's entry, else the peer's defaults. */
export function targetNames(nxJson: NxJsonConfiguration, peer: Peer): Record<PeerKind, string> {
  const options = optionsOf(entriesOf(nxJson, peer.packageName)[0]);
  const named = Object.entries(peer.targetNames).map(([kind, { option, name }]) => [
    kind,
    String(options[option] ?? name),
  ]);
  return Object.fromEntries(named) as Record<PeerKind, string>;
}

/** Whether the peer's plugin is registered. */
export function isRegistered(nxJson: NxJsonConfiguration, peer: Peer): boolean {
  return entriesOf(nxJson, peer.packageName).length > 0;
}

/** Puts nx-gopher where the peer's plugin is, with what its options mean, and writes the converted targetDefaults. */
export function convertNxJson(
  tree: Tree,
  peer: Peer,
  granularity: 'package' | 'module',
  { targetDefaults, pluginOptions }: ConvertedDefaults,
  report: ConversionReport,
): void {
  const nxJson = readNxJson(tree) ?? {};
  const names = targetNames(nxJson, peer);
  const plugins = convertPlugins(nxJson, peer, granularity, pluginOptions, report);
  const converted: NxJsonConfiguration = {
    ...nxJson,
    plugins,
    ...(nxJson.targetDefaults ? { targetDefaults } : {}),
  };
  if (JSON.stringify(nxJson.release ?? {}).includes(peer.packageName) || (nxJson.release && 'release-publish' in names))
    report.note(
      'nx.json',
      'nx release of Go modules has no counterpart: versions and publishing were those of the old plugin',
    );
  if (JSON.stringify(nxJson.generators ?? {}).includes(peer.packageName))
    report.note('nx.json', `defaults for the generators of ${peer.packageName} are no longer used`);
  keepingComments(tree, 'nx.json', () => updateNxJson(tree, converted));
}

/**
 * Takes the peer's named inputs out of nx.json where nothing refers to them any more. Those that its plugin gave to its
 * projects go there where something still does: Nx fails over a named input that is not defined.
 */
export function convertNamedInputs(tree: Tree, peer: Peer, report: ConversionReport): void {
  const nxJson = readNxJson(tree) ?? {};
  const { namedInputs = {}, ...others } = nxJson;
  const files = JSON.stringify([others, [...getProjects(tree).values()]]);
  const isNamed = (name: string) => {
    const elsewhere = [files, JSON.stringify({ ...namedInputs, [name]: undefined })].join();
    return new RegExp(`"\\^?${name}"`).test(elsewhere);
  };
  const kept: NonNullable<NxJsonConfiguration['namedInputs']> = {};
  for (const [name, inputs] of Object.entries(namedInputs)) {
    if (name in peer.namedInputs && !isNamed(name)) {
      report.changed(`nx.json: named input ${name} is gone, nothing refers to it`);
      continue;
    }
    const manifests = name === 'sharedGlobals' ? ['{workspaceRoot}/go.work', '{workspaceRoot}/go.mod'] : [];
    kept[name] = inputs.filter((input) => typeof input !== 'string' || !manifests.includes(input));
    if (kept[name].length < inputs.length)
      report.changed(`nx.json: ${name} no longer holds go.mod or go.work, which would move the hash of every task`);
  }
  for (const [name, given] of Object.entries(peer.namedInputs)) {
    if (name in namedInputs || !given || !isNamed(name)) continue;
    kept[name] = [...given];
    report.changed(`nx.json: named input ${name} is what the old plugin gave to its projects: something refers to it`);
  }
  if (JSON.stringify(kept) === JSON.stringify(namedInputs)) return;
  keepingComments(tree, 'nx.json', () => updateNxJson(tree, { ...nxJson, namedInputs: kept }));
}

function convertPlugins(
  nxJson: NxJsonConfiguration,
  peer: Peer,
  granularity: 'package' | 'module',
  defaults: ConvertedDefaults['pluginOptions'],
  report: ConversionReport,
): Plugin[] {
  const [entry, ...more] = entriesOf(nxJson, peer.packageName);
  const [present] = entriesOf(nxJson, PLUGIN);
  const old = optionsOf(entry);
  for (const [name, why] of Object.entries(peer.lostOptions)) {
    if (name in old) report.note('nx.json', `option ${name} of the plugin has no counterpart; ${why}`);
  }
  if (more.length)
    report.note(
      'nx.json',
      `only the options of the first of ${more.length + 1} entries of ${peer.packageName} are taken over`,
    );
  const options = {
    ...(granularity === 'module' ? { granularity } : {}),
    ...optionsOf(present),
    ...optionsOfKinds(targetNames(nxJson, peer), defaults, optionsOf(present)),
  };
  const ours: Plugin = {
    plugin: PLUGIN,
    ...(Object.keys(options).length ? { options } : {}),
    ...filtersOf(entry),
    ...filtersOf(present),
  };
  report.changed(`nx.json: the plugin is ${PLUGIN}`);
  const isOld = (plugin: Plugin) => [peer.packageName, PLUGIN].includes(nameOf(plugin));
  const plugins = nxJson.plugins ?? [];
  const at = plugins.findIndex(isOld);
  const others = plugins.filter((plugin) => !isOld(plugin));
  const position = at < 0 ? others.length : plugins.slice(0, at).filter((plugin) => !isOld(plugin)).length;
  return [...others.slice(0, position), ours, ...others.slice(position)];
}

/** What the entry of nx-gopher says of each kind: its name, converted defaults, and what is there already. */
function optionsOfKinds(
  names: Readonly<Record<PeerKind, string>>,
  defaults: ConvertedDefaults['pluginOptions'],
  present: Options,
): Options {
  const kinds = Object.entries(KINDS).flatMap(([kind, ours]) => {
    const targetName = names[kind as PeerKind];
    const own = { ...(targetName === ours ? {} : { targetName }), ...defaults[ours] };
    const given = present[ours];
    const all = given === false ? given : { ...own, ...(given as Options | undefined) };
    return all === false || Object.keys(all).length ? [[ours, all] as const] : [];
  });
  return Object.fromEntries(kinds);
}

function entriesOf(nxJson: NxJsonConfiguration, name: string): Plugin[] {
  return (nxJson.plugins ?? []).filter((plugin) => nameOf(plugin) === name);
}

function nameOf(plugin: Plugin): string {
  return typeof plugin === 'string' ? plugin : plugin.plugin;
}

function optionsOf(plugin: Plugin | undefined): Options {
  return typeof plugin === 'object' ? ((plugin.options ?? {}) as Options) : {};
}

/** The globs by which Nx limits a plugin to some files. */
function filtersOf(plugin: Plugin | undefined): { include?: string[]; exclude?: string[] } {
  const { include, exclude } = typeof plugin === 'object' ? plugin : {};
  return withoutUndefined({ include, exclude });
}

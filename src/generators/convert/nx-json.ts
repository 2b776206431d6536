import type { NxJsonConfiguration, TargetConfiguration, Tree } from '@nx/devkit';
import { getProjects, readNxJson, updateNxJson } from '@nx/devkit';

import { keepingComments } from '../jsonc/keeping-comments.js';
import { buildOptions, NotConvertible } from './go-options.js';
import { without, withoutUndefined } from './members.js';
import { kindOfExecutor, type Options, type Peer, type PeerKind } from './peer.js';
import { testOptions } from './project-targets.js';
import type { ConversionReport } from './report.js';
import { convertInputs } from './target-inputs.js';

type Plugin = NonNullable<NxJsonConfiguration['plugins']>[number];
type Defaults = NonNullable<NxJsonConfiguration['targetDefaults']>;

const PLUGIN = 'nx-gopher';
/** The peer's kinds that nx-gopher infers, with what it calls them. */
export const KINDS = { build: 'build', test: 'test', lint: 'vet', tidy: 'tidy' } as const;

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

/** Puts nx-gopher where the peer's plugin is, with what its options mean, and takes over its targetDefaults. */
export function convertNxJson(
  tree: Tree,
  peer: Peer,
  granularity: 'package' | 'module',
  report: ConversionReport,
): void {
  const nxJson = readNxJson(tree) ?? {};
  const names = targetNames(nxJson, peer);
  const converted: NxJsonConfiguration = { ...nxJson, plugins: convertPlugins(nxJson, peer, granularity, report) };
  if (nxJson.targetDefaults) converted.targetDefaults = convertDefaults(nxJson.targetDefaults, peer, names, report);
  if (JSON.stringify(nxJson.release ?? {}).includes(peer.packageName) || (nxJson.release && 'release-publish' in names))
    report.note(
      'nx.json',
      'nx release of Go modules has no counterpart: versions and publishing were those of the old plugin',
    );
  if (JSON.stringify(nxJson.generators ?? {}).includes(peer.packageName))
    report.note('nx.json', `defaults for the generators of ${peer.packageName} are no longer used`);
  keepingComments(tree, 'nx.json', () => updateNxJson(tree, converted));
}

/** Takes the peer's named inputs out of nx.json where nothing refers to them any more. */
export function removeNamedInputs(tree: Tree, peer: Peer, report: ConversionReport): void {
  const nxJson = readNxJson(tree) ?? {};
  const { namedInputs, ...others } = nxJson;
  if (!namedInputs) return;
  const files = JSON.stringify([others, [...getProjects(tree).values()]]);
  const kept: NonNullable<NxJsonConfiguration['namedInputs']> = {};
  for (const [name, inputs] of Object.entries(namedInputs)) {
    const elsewhere = [files, JSON.stringify({ ...namedInputs, [name]: undefined })].join();
    if (peer.namedInputs.includes(name) && !new RegExp(`"\\^?${name}"`).test(elsewhere)) {
      report.changed(`nx.json: named input ${name} is gone, nothing refers to it`);
      continue;
    }
    const manifests = name === 'sharedGlobals' ? ['{workspaceRoot}/go.work', '{workspaceRoot}/go.mod'] : [];
    kept[name] = inputs.filter((input) => typeof input !== 'string' || !manifests.includes(input));
    if (kept[name].length < inputs.length)
      report.changed(`nx.json: ${name} no longer holds go.mod or go.work, which would move the hash of every task`);
  }
  keepingComments(tree, 'nx.json', () => updateNxJson(tree, { ...nxJson, namedInputs: kept }));
}

function convertPlugins(
  nxJson: NxJsonConfiguration,
  peer: Peer,
  granularity: 'package' | 'module',
  report: ConversionReport,
): Plugin[] {
  const [entry, ...more] = entriesOf(nxJson, peer.packageName);
  const [present] = entriesOf(nxJson, PLUGIN);
  const old = optionsOf(entry);
  const names = targetNames(nxJson, peer);
  const renamed = Object.entries(KINDS).flatMap(([kind, ours]) =>
    names[kind as PeerKind] === ours ? [] : [[ours, { targetName: names[kind as PeerKind] }] as const],
  );
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
    ...Object.fromEntries(renamed),
    ...optionsOf(present),
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

function convertDefaults(
  defaults: Defaults,
  peer: Peer,
  names: Record<PeerKind, string>,
  report: ConversionReport,
): Defaults {
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(defaults)) {
    const kind = kindOfExecutor(peer, key);
    const ours = kind && KINDS[kind as keyof typeof KINDS];
    if (!kind) converted[key] = value;
    else if (!ours || (kind === 'lint' && 'linter' in ((value as TargetConfiguration).options ?? {})))
      report.changed(`nx.json: targetDefaults of ${key} went into the targets`);
    else converted[`${PLUGIN}:${ours}`] = mapEach(value, (one) => convertDefault(one, kind, peer, report));
  }
  for (const [kind, ours] of Object.entries(KINDS)) {
    const byName = [defaults[names[kind as PeerKind]] ?? []].flat() as TargetConfiguration[];
    const executor = `${PLUGIN}:${ours}`;
    if (converted[executor] || !byName.some((one) => one.inputs || one.cache !== undefined || one.outputs)) continue;
    converted[executor] = without(byName[0] ?? {}, 'inputs', 'outputs', 'cache');
    report.changed(
      `nx.json: targetDefaults has an entry for ${executor}, so that inputs and outputs of "${names[kind as PeerKind]}" do not replace the inferred ones`,
    );
  }
  return converted as Defaults;
}

function convertDefault(
  value: TargetConfiguration,
  kind: PeerKind,
  peer: Peer,
  report: ConversionReport,
): TargetConfiguration {
  const where = `nx.json: targetDefaults of ${peer.packageName}:${kind}`;
  const { cache, inputs, outputs, options, configurations } = value;
  if (cache) report.inferredNow(where, 'cache', cache);
  if (outputs) report.inferredNow(where, 'outputs', outputs);
  const map = (old: Options): Options => {
    if (kind === 'test') return testOptions(old, '{projectRoot}');
    if (kind !== 'build') return old;
    for (const name of ['outputPath', 'main', 'compiler']) {
      if (name in old) report.note(where, `option ${name} is not taken over: write it into the projects`);
    }
    try {
      return buildOptions(old, peer.usesShell).options;
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      report.note(where, `flags are not taken over: ${error.message}`);
      return {};
    }
  };
  const named = Object.entries(configurations ?? {}).map(([name, one]) => [name, map(one as Options)]);
  return withoutUndefined({
    ...without(value, 'cache', 'inputs', 'outputs', 'options', 'configurations'),
    ...(cache === false ? { cache } : {}),
    inputs: convertInputs(inputs, peer, where, report),
    ...(options && kind !== 'lint' ? { options: map(options as Options) } : {}),
    ...(named.length ? { configurations: Object.fromEntries(named) } : {}),
  });
}

function mapEach<T>(value: T | readonly T[], map: (one: T) => T): T | T[] {
  return Array.isArray(value) ? value.map(map) : map(value as T);
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
